"""MathML and TeX of an article as plain text: 10^9, a/b, CD4+.

Reads an element, writes nothing.
"""

from __future__ import annotations

import re

from pipeline.parse.safe_xml import Element

RAISED = {"msup", "mover"}
LOWERED = {"msub", "munder"}
NOT_SHOWN = {"annotation", "annotation-xml", "mphantom", "malignmark", "maligngroup"}
TEX_DOCUMENT = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.S)


def formula(element: Element) -> str:
    """The text of a MathML element, one line.

    Exponents get '^', because 10 with a raised 9 must not read as 109.
    """
    if not isinstance(element.tag, str) or element.tag in NOT_SHOWN:
        return ""
    if element.tag == "mtext":
        return element.text or ""
    if element.tag == "mspace":
        return " "
    parts = [formula(child) for child in element]
    if element.tag in RAISED and len(parts) == 2:
        return raised(parts[0], parts[1])
    if element.tag in LOWERED and len(parts) == 2:
        return lowered(parts[0], parts[1])
    if element.tag == "msubsup" and len(parts) == 3:
        return raised(lowered(parts[0], parts[1]), parts[2])
    if element.tag == "mfrac" and len(parts) == 2:
        return f"{parts[0]}/{parts[1]}"
    joined = spaced([(element.text or "").strip(), *parts])
    return f"({joined})" if element.tag == "mfenced" else joined


def raised(base: str, exponent: str) -> str:
    return f"{base}^{exponent}" if re.search(r"\w", exponent) else base + exponent


def lowered(base: str, index: str) -> str:
    return f"{base}_{index}" if base[-1:].isdigit() and index[:1].isdigit() else base + index


def spaced(parts: list[str]) -> str:
    """The parts in one string, with a blank only where two numbers would become one."""
    joined: list[str] = []
    last = ""
    for part in filter(None, parts):
        if last.isdigit() and part[0].isdigit():
            joined.append(" ")
        joined.append(part)
        last = part[-1]
    return "".join(joined)


def tex(element: Element) -> str:
    """The formula of a JATS tex-math without its LaTeX preamble; empty beside the same MathML."""
    beside = element.getparent()
    if beside is not None and beside.find("math") is not None:
        return ""
    source = "".join(element.itertext())
    document = TEX_DOCUMENT.search(source)
    return (document[1] if document else source).strip().strip("$").strip()
