"""A one-page PDF with a line of Latin letters, for samples that need a paper."""

LINE = "BT /F1 20 Tf 60 760 Td ({words}) Tj ET"


def paper(words: str) -> bytes:
    """`words`: ASCII without brackets that are not closed, or backslashes."""
    drawn = LINE.format(words=words.replace("(", "\\(").replace(")", "\\)")).encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length " + str(len(drawn)).encode() + b" >>\nstream\n" + drawn + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, thing in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n".encode() + thing + b"\nendobj\n"
    table = b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    count = len(objects) + 1
    head = f"xref\n0 {count}\n0000000000 65535 f \n".encode()
    tail = f"trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n".encode()
    return body + head + table + tail
