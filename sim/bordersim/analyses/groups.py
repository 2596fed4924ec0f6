"""Keys that are meant, each named or many by one word: all with a range, or those of a confidence.

A word leaves out what is switched off in every scenario, as levers and rules are that stand at 0: varied,
they would say what a rule could do that nobody says is there. It also leaves out what ``--set`` gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from bordersim.analyses.ranges import ALL_PARAMETERS, VARY, Range, keys_with_range, parse_range
from bordersim.errors import BadInput
from bordersim.inputs.metadata import CONFIDENCES
from bordersim.inputs.nearest import nearest
from bordersim.inputs.schema.neutral import neutral_values
from bordersim.words.text import normal, shortened

if TYPE_CHECKING:
    from bordersim.inputs import Scenario

SET = "--set"
WORDS = (ALL_PARAMETERS, *CONFIDENCES)
NARROWER = "; narrow a range with --vary KEY=LOW:HIGH, or leave a key out with -KEY"
FREE = "draws are not matched to published figures; the histories that compare and run answer from are"
OFF = 0  # where the neutral value is this and so is that of a scenario


def parse_vary(texts: Sequence[str], scenarios: Sequence[Scenario]) -> list[Range]:
    """Read every `--vary`: a key with its range, or words and keys with commas between, a minus before one.

    Raises
    ------
    BadInput
        In one line: an unknown key, a range that a scenario refuses, a key given twice or set as well.
    """
    told: dict[str, str] = {}
    for part in _parts(texts):
        key = part.partition("=")[0].strip()
        if "=" not in part and not _is_key(part):
            _take(told, part, scenarios, VARY)
            continue
        if told.get(key):
            raise BadInput(f"{VARY} {shortened(key)}: given twice")
        _refuse_set(scenarios, key, VARY)
        told[key] = part
    return [parse_range(text or key, scenarios) for key, text in told.items()]


def keys_meant(texts: Iterable[str], scenarios: Sequence[Scenario], option: str) -> list[str]:
    """Return the keys meant: named, of a confidence, or all; a minus leaves one out."""
    told: dict[str, str] = {}
    for name in filter(None, _parts(texts)):
        if _is_key(name):
            _refuse_set(scenarios, name, option)
            told[name] = name
        else:
            _take(told, name, scenarios, option)
    return list(told)


def is_set(scenarios: Sequence[Scenario], key: str) -> bool:
    """Return whether a key has a value from the command line."""
    return any(scenario.origins.get(key, "").startswith(SET) for scenario in scenarios)


def left_out(texts: Iterable[str], scenarios: Sequence[Scenario]) -> list[str]:
    """Return what is to be said of keys that words leave out."""
    return [_left_out(word, scenarios) for word in dict.fromkeys(texts) if word in WORDS]


def _left_out(word: str, scenarios: Sequence[Scenario]) -> str:
    """Say how many keys a word varies, of how many, and which are switched off."""
    confidences = [each.confidence for each in scenarios[0].parameters.values()]
    count = len(confidences) if word == ALL_PARAMETERS else confidences.count(word)
    keys, varied = _switched_off(scenarios, word), len(_keys_of(word, scenarios))
    off = f", and what is switched off ({', '.join(keys)}); name a key to vary it" if keys else ""
    return f"{word} varies {varied} of {count} values, not those by date, in lists or without a range{off}"


def words_in(texts: Iterable[str]) -> list[str]:
    """Return the words for many keys among what is asked."""
    return [part for part in _parts(texts) if part in WORDS]


def _parts(texts: Iterable[str]) -> Iterator[str]:
    """Part a list of words and keys at its commas; a range has commas of its own."""
    for text in map(normal, texts):
        yield from [text] if "=" in text else (part.strip() for part in text.split(","))


def _is_key(name: str) -> bool:
    """Return whether a name is that of a key, perhaps misspelt, and not a word or what is left out."""
    return "." in name and not name.startswith("-")


def _take(told: dict[str, str], name: str, scenarios: Sequence[Scenario], option: str) -> None:
    """Add the keys of a word, or leave out one of those before."""
    if name.startswith("-"):
        if name[1:] not in told:
            raise BadInput(f"{option} -{shortened(name[1:])}: is not among those chosen before it")
        del told[name[1:]]
        return
    if name not in WORDS:
        _refuse_word(name, option)
    for key in _keys_of(name, scenarios):
        told.setdefault(key, "")


def _keys_of(word: str, scenarios: Sequence[Scenario]) -> list[str]:
    """Return the keys that a word varies."""
    off = set(_switched_off(scenarios, word))
    return [key for key in keys_with_range(scenarios, word) if key not in off and not is_set(scenarios, key)]


def _switched_off(scenarios: Sequence[Scenario], word: str) -> list[str]:
    """Return the keys of a word that stand at a neutral 0 in every scenario."""
    neutral = [neutral_values(scenario.config) for scenario in scenarios]

    def is_off(key: str) -> bool:
        values = (scenario.parameters[key].value for scenario in scenarios)
        return all(each.get(key) == value == OFF for each, value in zip(neutral, values, strict=True))

    return list(filter(is_off, keys_with_range(scenarios, word)))


def _refuse_word(name: str, option: str) -> None:
    """Refuse a word that is neither a key nor a group of keys."""
    close = nearest(name, WORDS)
    meant = f"did you mean '{close}'?" if close else f"words: {', '.join(WORDS)}"
    raise BadInput(f"{option} {shortened(name)}: unknown key, nor a word for several; {meant}")


def _refuse_set(scenarios: Sequence[Scenario], key: str, option: str) -> None:
    """Refuse to vary what is set: one of them would not hold."""
    if is_set(scenarios, key):
        raise BadInput(f"{option} {shortened(key)}: is given by {SET} as well; leave one of them out")
