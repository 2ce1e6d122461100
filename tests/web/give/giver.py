"""Sara at the pages of goods: promises, changes, cancels, as a browser without script would."""

from datetime import timedelta

from campaigns.base import clock
from campaigns.web.give import formkey
from tests.promises import in_days
from tests.web.officehands import filled

MOBILE = "۰۹۱۲ ۳۴۵ ۶۷۸۹"


class Giver:
    """Sara at the page of one need."""

    def __init__(self, app, campaign, line):
        self.client = app.test_client(use_cookies=False)
        self.line_id, self.page = line.public_id, f"/c/{campaign.slug}/pledge/{line.public_id}"

    def form(self, seconds_ago=60, **changes):
        page = self.client.get(self.page)
        assert page.status_code == 200, page.status_code
        form = filled(page, **{"quantity": "۶", "day": in_days(5).isoformat(), "mobile": MOBILE} | changes)
        with clock.at(clock.now() - timedelta(seconds=seconds_ago)):
            form["form_key"] = formkey.new(self.line_id)
        return form

    def send(self, form):
        return self.client.post(self.page, data=form)

    def promise(self, **changes):
        """The address of the page of her promise."""
        answer = self.send(self.form(**changes))
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def sees(self, path):
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def sends(self, path, to="", **changes):
        return self.client.post(to or path, data=filled(self.client.get(path), **changes))
