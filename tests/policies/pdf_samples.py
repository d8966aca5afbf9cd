"""PDF documents made as they are needed, set as policies are printed."""

from collections.abc import Sequence

from fpdf import FPDF
from PIL import Image

LEFT, STEP, LINE = 25.0, 10.0, 5.0
TYPED = "Employees keep what they learn at work to themselves, and they ask before they post about the department. "


class Printed(FPDF):
    """A document with a header and a page number on every page."""

    def header(self) -> None:
        """What stands at every page's head."""
        self.set_font("Helvetica", "I", 9)
        self.cell(0, 5, "DHS Administrative Policies", align="R", new_x="LMARGIN", new_y="NEXT")
        self.ln(6)

    def footer(self) -> None:
        """What stands at every page's foot."""
        self.set_y(-15)
        self.set_font("Helvetica", "", 9)
        self.cell(0, 5, f"Page {self.page_no()} of {{nb}}", align="C")


def begun(kind: type[FPDF] = FPDF) -> FPDF:
    """A document with an empty page."""
    document = kind(format="letter")
    document.set_margins(LEFT, 20, 25)
    document.set_auto_page_break(True, 25)
    document.add_page()
    return document


def heading(document: FPDF, text: str, size: int = 13) -> None:
    """A line in bold, larger than the text."""
    document.ln(3)
    document.set_font("Helvetica", "B", size)
    document.multi_cell(0, LINE * size / 11, text, align="L", new_x="LMARGIN", new_y="NEXT")
    document.ln(2)


def paragraph(document: FPDF, text: str, depth: int = 0) -> None:
    """A paragraph, its first line hanging out where it has a label; `**` and `__` make it bold and italic."""
    document.set_font("Helvetica", "", 11)
    mark, tab, words = text.partition("\t")
    document.set_x(LEFT + depth * STEP)
    if tab:
        document.cell(STEP, LINE, mark)
    else:
        words = text
    document.multi_cell(0, LINE, words, align="L", markdown=True, new_x="LMARGIN", new_y="NEXT")
    document.ln(2)


def table(document: FPDF, rows: Sequence[Sequence[str]]) -> None:
    """Rows of cells, without lines around them."""
    document.set_font("Helvetica", "", 11)
    for row in rows:
        for cell in row:
            document.cell(50, 6, cell)
        document.ln(6)
    document.ln(4)


def saved(document: FPDF) -> bytes:
    """The document as a file."""
    return bytes(document.output())


def policy() -> FPDF:
    """A policy as the department prints it: a cover, numbered headings, nested clauses."""
    document = begun(Printed)
    heading(document, "Social Media Use", 18)
    paragraph(document, "Policy Number: DHS 4010")
    paragraph(document, "Effective Date: September 3, 2019")
    heading(document, "I. Purpose")
    paragraph(document, TYPED * 3)
    heading(document, "II. Rules")
    paragraph(document, "(A)\tEmployees must not: " + TYPED * 2)
    paragraph(document, "(1)\tPost about clients;", 1)
    paragraph(document, "(2)\tPost about cases, including", 1)
    paragraph(document, "(i)\tnames, and", 2)
    paragraph(document, "(ii)\tplaces.", 2)
    paragraph(document, "(B)\tEmployees may comment.")
    document.add_page()
    heading(document, "III. Contacts")
    paragraph(document, "Ask either of these:")
    paragraph(document, "\x95\tthe division")
    return document


def long_policy(pages: int) -> bytes:
    """A policy of so many pages, each full of clauses."""
    document = begun(Printed)
    for page in range(pages):
        if page:
            document.add_page()
        heading(document, f"{page + 1}. Section")
        for letter in "ABCDEF":
            paragraph(document, f"({letter})\t" + TYPED * 3)
    return saved(document)


def scanned(pages: int) -> bytes:
    """Pages that are pictures."""
    document = begun()
    for page in range(pages):
        if page:
            document.add_page()
        document.image(Image.new("L", (60, 80), 200), x=0, y=0, w=210, h=270)
    return saved(document)
