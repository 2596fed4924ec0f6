"""The levers as a form: two groups that never mix, and a fieldset for each lever that is set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from bordersim.report.page.markup import said, tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from bordersim.report.app.lever import Change, Lever

POLICY, ASSUME = "policy", "assume"
HEADS = {
    POLICY: ("Policy", "Changes scenario B only. Later policies lie over earlier ones."),
    ASSUME: ("Assumption", "Moves both A and B: the world itself is taken to be another one."),
}
REPLACED = "Varies between histories; set here, it has this one value in all of them."
REGIMES = {
    "admit_and_screen": "admit and screen",
    "turn_back": "turn back",
    "asylum_suspended": "asylum suspended",
}


def group(word: str, levers: Mapping[str, Lever], rows: Iterable[str]) -> str:
    """Return one group: the levers that are set, and a list to add another from."""
    title, meaning = HEADS[word]
    pick = tag("label", said("span", f"Add: {title.lower()}"), _list(word, levers.values()))
    add = said("button", "Add", type="button", data_add=word)
    return tag(
        "section",
        said("h2", title, id=f"{word}-title"),
        said("p", meaning, class_="small"),
        tag("div", *rows, id=word),
        tag("div", pick, add, class_="add"),
        class_=f"group {word}",
        aria_labelledby=f"{word}-title",
    )


def _list(word: str, levers: Iterable[Lever]) -> str:
    """Return the list of all levers of a group under their headings."""
    parts = groupby(levers, lambda lever: lever.section)
    options = (
        tag("optgroup", *(said("option", each.label, value=each.key) for each in of), label=section)
        for section, of in parts
    )
    return tag("select", *options, id=f"add-{word}")


def policy_row(lever: Lever, change: Change, period: tuple[date, date]) -> str:
    """Return the fieldset of a policy that is set."""
    first, last = period
    days = {"type": "date", "min": first, "max": last, "required": "required"}
    fields = [
        _labelled("from", _input(name_="first", value=change.first, **days)),
        _labelled("to", _input(name_="last", value=change.last, **days)),
    ]
    told = f"A has {lever.recorded} {lever.unit}".rstrip() + "."
    dates = tag("div", *fields, class_="dates")
    return _row(POLICY, lever, told, dates, *_value(lever, change.value))


def assumption_row(lever: Lever, value: object) -> str:
    """Return the fieldset of an assumption that is set."""
    told = REPLACED if lever.varies else f"Without, {lever.recorded} {lever.unit}".rstrip() + "."
    return _row(ASSUME, lever, told, *_value(lever, value))


def _row(word: str, lever: Lever, told: str, *fields: str) -> str:
    """Return a fieldset."""
    remove = said("button", "Remove", type="button", data_remove="", aria_label=f"Remove {lever.label}")
    return tag(
        "fieldset",
        said("legend", lever.label),
        said("p", f"{lever.meaning}. {told}", class_="small"),
        *fields,
        remove,
        data_key=lever.key,
        data_group=word,
    )


def _value(lever: Lever, value: object) -> Iterator[str]:
    """Yield the control of a value: a list of words, or a slider with a field beside it."""
    if lever.words:
        options = (_option(word, word == value) for word in lever.words)
        yield _labelled("regime", tag("select", *options, name_="value"))
        return
    ends = {"min": f"{lever.low:g}", "max": f"{lever.high:g}", "step": f"{lever.step:g}", "value": value}
    yield _labelled(
        f"value [{lever.unit}]" if lever.unit else "value",
        _input(type="number", name_="value", **(ends | _free(lever))),
    )
    yield _input(type="range", name_="slider", aria_label=f"{lever.label}, slider", **ends)
    yield said("p", f"{lever.low:g} to {lever.high:g} {lever.unit}".strip(), class_="small ends")


def _free(lever: Lever) -> dict[str, object]:
    """Return what differs in the field: any value, which is checked when it is run."""
    return {"step": "1" if float(lever.step).is_integer() else "any"}


def _option(word: str, is_chosen: bool) -> str:
    """Return a regime to choose."""
    chosen = {"selected": "selected"} if is_chosen else {}
    return said("option", REGIMES.get(word, word), value=word, **chosen)


def _labelled(text: str, control: str) -> str:
    """Return a control with its name."""
    return tag("label", said("span", text), control)


def _input(**attributes: object) -> str:
    """Return a field."""
    return tag("input", **attributes).removesuffix("</input>")


def sizes(chosen: int, all_of_them: Sequence[int]) -> str:
    """Return the list of how many histories are run."""
    options = (_size(each, each == chosen, each == max(all_of_them)) for each in all_of_them)
    return _labelled("histories", tag("select", *options, id="histories"))


def _size(size: int, is_chosen: bool, is_all: bool) -> str:
    """Return a number of histories to choose."""
    chosen = {"selected": "selected"} if is_chosen else {}
    return said("option", f"{size}, all there are" if is_all else size, value=size, **chosen)
