"""Word documents made as they are needed, with what its authors do to them."""

import io
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.text.paragraph import Paragraph

Level = tuple[str, str]
LEGAL: Sequence[Level] = (("upperRoman", "%1."), ("upperLetter", "(%2)"), ("decimal", "(%3)"), ("lowerRoman", "(%4)"))


def empty() -> Document:
    """A document without any text."""
    return docx.Document()


def saved(document: Document) -> bytes:
    """The document as a file."""
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def of_lines(*lines: str) -> bytes:
    """A document with a plain paragraph for each line."""
    document = empty()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def numbering(document: Document, levels: Sequence[Level], *, steps: int = 360) -> str:
    """Add a numbering of these levels, each a form and a pattern; returns the id paragraphs use."""
    root = document.part.numbering_part.element
    identity = str(100 + len(root))
    written = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/>'
        f'<w:pPr><w:ind w:left="{(depth + 1) * steps}" w:hanging="{min(steps, 360)}"/></w:pPr></w:lvl>'
        for depth, (form, pattern) in enumerate(levels)
    )
    declared = nsdecls("w")
    abstract = f'<w:abstractNum {declared} w:abstractNumId="{identity}">{written}</w:abstractNum>'
    root.insert(0, parse_xml(abstract))
    root.append(parse_xml(f'<w:num {declared} w:numId="{identity}"><w:abstractNumId w:val="{identity}"/></w:num>'))
    return identity


def restarted(document: Document, identity: str) -> str:
    """A numbering like another that begins at 1 again; returns its id."""
    root = document.part.numbering_part.element
    again = str(500 + len(root))
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    root.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{again}"><w:abstractNumId w:val="{identity}"/>{override}</w:num>',
        )
    )
    return again


def numbered(document: Document, text: str, identity: str, level: int = 0, style: str | None = None) -> Paragraph:
    """A paragraph with an automatic number."""
    paragraph = document.add_paragraph(text, style)
    told = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{identity}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(told))
    return paragraph


def with_xml(document: Document, inner: str) -> Paragraph:
    """A paragraph whose inside is written out; `w`, `r`, `m` and `mc` may be used."""
    paragraph = document.add_paragraph()
    spaces = nsdecls("w", "r", "wp", "a") + (
        ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    for element in parse_xml(f"<w:p {spaces}>{inner}</w:p>"):
        paragraph._p.append(element)
    return paragraph


def linked(document: Document, text: str, address: str) -> None:
    """A paragraph that is a link."""
    key = document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    with_xml(document, f'<w:hyperlink r:id="{key}"><w:r><w:t>{text}</w:t></w:r></w:hyperlink>')


def policy() -> Document:
    """A policy as the department writes it: a cover, numbered headings, nested clauses."""
    document = empty()
    document.add_paragraph("Social Media Use", "Title")
    document.add_paragraph("Policy Number: DHS 4010")
    document.add_paragraph("Effective Date: September 3, 2019")
    legal = numbering(document, LEGAL)
    numbered(document, "Purpose", legal, 0, "Heading 1")
    document.add_paragraph("This policy tells employees what they may post.")
    numbered(document, "Rules", legal, 0, "Heading 1")
    numbered(document, "Employees must not:", legal, 1)
    numbered(document, "Post about clients;", legal, 2)
    numbered(document, "Post about cases, including", legal, 2)
    numbered(document, "names, and", legal, 3)
    numbered(document, "places.", legal, 3)
    numbered(document, "Employees may comment.", legal, 1)
    return document


def long_policy(pages: int) -> bytes:
    """A policy of so many pages: about 400 words, some in bold, on each."""
    document = empty()
    legal = numbering(document, LEGAL)
    for page in range(pages):
        numbered(document, f"Section {page}", legal, 0, "Heading 1")
        for clause in range(5):
            paragraph = numbered(document, "", legal, 1)
            for part in range(4):
                paragraph.add_run("Employees keep what they learn at work to themselves. " * 2).bold = part == clause
    return saved(document)
