#!/usr/bin/env python3
"""Makes the two files of the example that a tool cannot read as text, from the words below:
  "scan of letter.pdf"             a letter printed, "scanned" (grey pictures, slightly askew) and put in a PDF without a text layer
  "Moorside Nurture Network.docx"  a Word file cut off at 60 % of its bytes
Needs pandoc, LibreOffice, pdftoppm and Pillow (pip install pillow). Run it without arguments; make.sh skips *.py."""
import io, pathlib, subprocess, tempfile

from PIL import Image, ImageFilter

OUT = pathlib.Path(__file__).resolve().parent.parent / "send-ap-plan" / "submissions"

LETTER = """
**Fenland Special Schools Trust**\\
The Old Maltings, Drove End

20th April 2023

The Inclusive Education Consortium\\
By post

Dear colleagues,

**SEND and alternative provision improvement plan**

Thank you for inviting us to comment. The Trust has five special schools across two counties and 612 pupils on roll, in buildings designed for 540. I write with the agreement of my fellow heads, who have asked me to keep it to a page and will be surprised if I manage it.

We are pleased about the thirty-three new special free schools, one of which is to be fourteen miles from us. A new school, however, takes four years from announcement to first bell, and the £2.6 billion of capital is being divided between a great many bids. In the meantime we are teaching in two corridors and a converted minibus garage. If the timetable for anything in the plan could be brought forward, we would ask that it be this.

The idea of nationally agreed standards has our support. We receive children whose mainstream schools tried everything, and others whose mainstream schools tried nothing, and the paperwork is the same length. A shared statement of what ought to have happened first would be a kindness to both.

We are much less sure about bands and tariffs. Our present top-up rates differ by £4,300 for like pupils on either side of a county boundary, so we can hardly defend what exists. A single national rate would be fair provided it is uprated each year for pay and reflects the cost of distance in a rural area. Without those two conditions we should be against.

Families in the Fens do not have a choice of schools; they have us, or a very long journey. It may be for that reason that tailored lists do not trouble us as much as they seem to trouble others. A short honest list would be better than the brochure they are given now.

Our greatest difficulty is people. We have been without a speech and language therapist since November and have advertised three times for teaching assistants. Nothing in the plan will fill those posts by September.

Please forgive the letter. Our e-mail has been down since Monday.

Yours sincerely,

*Executive Headteacher, for the Trust*
"""

MOORSIDE = """
# Moorside Nurture Network

## Views on the SEND and AP plan, for IEC

We bring together thirty-one primary schools that run nurture groups, and the assistants who run them.

Our members back earlier help in ordinary schools and hope that the first of the three tiers will be built upon groups like ours, not beside them. A six-year-old who throws chairs is usually telling you something.

The end of 2025 is a long way off for a child in Reception. Training for teaching assistants could start this autumn.

We support the national standards if nurture is named in them as something that every primary school can be expected to offer.

We have not taken a view on tribunals.
"""


def run(*args):
    subprocess.run([str(a) for a in args], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def office(to, work, markdown, stem):
    (work / f"{stem}.md").write_text(markdown, encoding="utf-8")
    run("pandoc", work / f"{stem}.md", "-f", "markdown", "-t", "odt", "-o", work / f"{stem}.odt")
    run("soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", to, "--outdir", work, work / f"{stem}.odt")
    return work / f"{stem}.{to.split(':')[0]}"


def scanned(path):
    """The page as a scanner gives it: grey paper, a little soft, slightly askew."""
    page = Image.open(path).convert("L").point(lambda v: 18 + v * 0.9).filter(ImageFilter.GaussianBlur(0.4))
    page = page.rotate(-0.7, Image.Resampling.BICUBIC, fillcolor=205)
    file = io.BytesIO()
    page.save(file, "JPEG", quality=55)
    return page.size, file.getvalue()


def pictures_pdf(jpegs):
    """A PDF whose pages are the JPEG pictures alone, (width, height) and bytes each, at 110 dots an inch."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (
        len(jpegs), b" ".join(b"%d 0 R" % (3 + 3 * k) for k in range(len(jpegs))))]
    for k, ((w, h), data) in enumerate(jpegs):
        n, box = 3 + 3 * k, (w * 72 / 110, h * 72 / 110)
        paint = b"q %.1f 0 0 %.1f 0 0 cm /Im0 Do Q" % box
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.1f %.1f]/Resources<</XObject<</Im0 %d 0 R>>>>/Contents %d 0 R>>" % (*box, n + 1, n + 2),
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode/Length %d>>\nstream\n" % (w, h, len(data)) + data + b"\nendstream",
            b"<</Length %d>>\nstream\n" % len(paint) + paint + b"\nendstream"]
    out, at = bytearray(b"%PDF-1.4\n"), []
    for n, body in enumerate(objects, 1):
        at.append(len(out))
        out += b"%d 0 obj\n" % n + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % a for a in at)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


with tempfile.TemporaryDirectory() as t:
    work = pathlib.Path(t)
    OUT.mkdir(parents=True, exist_ok=True)
    pdf = office("pdf", work, LETTER, "letter")
    run("pdftoppm", "-r", "110", "-gray", "-jpeg", pdf, work / "page")
    pages = [scanned(p) for p in sorted(work.glob("page*.jpg"))]
    (OUT / "scan of letter.pdf").write_bytes(pictures_pdf(pages))
    whole = office("docx:MS Word 2007 XML", work, MOORSIDE, "moorside").read_bytes()
    (OUT / "Moorside Nurture Network.docx").write_bytes(whole[:len(whole) * 6 // 10])
    print("made scan of letter.pdf,", len(pages), "pages; Moorside Nurture Network.docx,", len(whole) * 6 // 10, "of", len(whole), "bytes")
