"""How often a figure was handed on before it was read, as far as the title of its source tells.

Nothing else tells it: who took a figure from whom is rarely said. A title names what was read, then
whom that has it from; an outlet that names nobody counts as repeating once.
"""

from __future__ import annotations

import re

ORIGINAL, REPEATED, COPY_OF_COPY = BASES = ("original", "repeated", "copy_of_copy")

# Those who counted, decided or saw it themselves, as titles begin with their names.
THEMSELVES = re.compile(
    r"(?:A\. Jolkina|Amnesty|berlin\.de|Bundes(?:polizei|tag)|ECtHR|Egala|Federal Police|Frontex"
    r"|Government of|HFHR|HRW|Human Constanta|IOM|Latvian Ombudsman|latvia-belarus-border\.com|Lithuanian MoI"
    r"|Ministry of|MSF|Podlaski(?: Border Guard|e voivode)|Polish Children's Ombudsman|rs\.gov\.lv"
    r"|State Border Guard)\b"
)
# Agencies and outlets that others have it from.
MEDIA = re.compile(
    r"\b(?:AP|Bild|BNS|BPN|Current Time|Delfi|dpa|EFE|E(?:LTA|lta)|Fakt|LETA|LRT|LSM|LTV|PAP|Pozirk|Regnum"
    r"|New York Times|Notes from Poland|Reuters|RFE/RL|Spiegel|Sputnik|TASS|taz|TOK FM|TVP World|UN news"
    r"|Ukrinform)\b"
)
CITED = re.compile(r"\b(?:citing|quoting|on(?= [A-Z]))\b")
COPIED = re.compile(r"\b(?:mirror|relay|repost|reprint|via)\b")
FIRST = re.compile(r".*?(?=\s*(?:[/(:,]|\b(?:citing|mirror|on|quoting|relaying|reprint|via)\b|$))")


def basis_of(title: str) -> str:
    """Return how often a figure was handed on before it was read, at least.

    Parameters
    ----------
    title
        The title of its source: what was read, then whom that has it from.

    Returns
    -------
    str
        "original" of those who counted or saw themselves; "repeated" where another repeats them, or says
        nothing of it; "copy_of_copy" where what was read names an agency or outlet that it has the figure
        from, or is a mirror or reprint of an outlet.

    Examples
    --------
    >>> from bordersim.validation.published.basis import basis_of
    >>> [basis_of(title) for title in ("rs.gov.lv news", "Lrytas citing VSAT", "Obzor.lt/BNS citing VSAT")]
    ['original', 'repeated', 'copy_of_copy']
    """
    first = FIRST.match(title)
    behind = title[first.end() :] if first else ""
    themselves = bool(THEMSELVES.match(title))
    again = bool(MEDIA.search(behind) or COPIED.search(behind) or (themselves and CITED.search(behind)))
    return BASES[(not themselves) + again]
