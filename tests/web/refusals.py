"""What a page says when something in its form is wrong."""

import re

from werkzeug.test import TestResponse


def summary(page: TestResponse) -> list[tuple[str, str]]:
    """The error summary: the field each line leads to, and its words. It stands in main, before the heading."""
    main = page.text.partition('<main id="main">')[2]
    above, _heading, _rest = main.partition("<h1")
    return re.findall(r'<li><a href="#([^"]+)">(.*?)</a></li>', above)


def beside(page: TestResponse) -> dict[str, str]:
    """The sentence beside each wrong field, without the word «error»."""
    found = re.findall(
        r'<p class="errmsg" id="([^"]+)-error"><span class="vh">.*?</span>(.*?)</p>', page.text
    )
    return dict(found)


def assert_refused(page: TestResponse, *fields: str) -> None:
    """422, said in the title and first of all; every field named with the same words beside it."""
    assert page.status_code == 422
    assert re.search(r"<title>خطا: ", page.text)
    assert [field for field, _words in summary(page)] == list(fields)
    assert dict(summary(page)) == beside(page)
    for field in fields:
        control = re.search(rf'<(?:input|select|textarea|fieldset|button)[^>]* id="{field}"[^>]*>', page.text)
        assert control and f"{field}-error" in control[0], field
