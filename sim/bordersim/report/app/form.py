"""The levers as a form: two groups that never mix, and a fieldset for each lever that is set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from bordersim.report.app.named import label_of, recorded_of, regime_of, unit_of
from bordersim.report.page.markup import said, tag, void

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from bordersim.report.app.lever import Change, Lever
    from bordersim.report.catalogue import Language

POLICY, ASSUME = "policy", "assume"
ENGLISH_TEXT = {"lang": "en"}  # meanings are written in English alone


def group(word: str, levers: Mapping[str, Lever], rows: Iterable[str], language: Language) -> str:
    """Return one group: the levers that are set, and a list to add another from."""
    pick = tag("label", said("span", language.say(f"app.{word}.add")), _list(word, levers.values(), language))
    add = said("button", language.say("app.add"), type="button", data_add=word)
    return tag(
        "section",
        said("h2", language.say(f"app.{word}.title"), id=f"{word}-title"),
        said("p", language.say(f"app.{word}.meaning"), class_="small"),
        tag("div", *rows, id=word),
        tag("div", pick, add, class_="add"),
        class_=f"group {word}",
        aria_labelledby=f"{word}-title",
    )


def _list(word: str, levers: Iterable[Lever], language: Language) -> str:
    """Return the list of all levers of a group under their headings."""
    parts = groupby(levers, lambda lever: lever.section)
    options = (
        tag(
            "optgroup",
            *(said("option", label_of(each.key, language), value=each.key) for each in of),
            label=language.say(f"app.section.{section}"),
        )
        for section, of in parts
    )
    return tag("select", *options, id=f"add-{word}")


def policy_row(lever: Lever, change: Change, period: tuple[date, date], language: Language) -> str:
    """Return the fieldset of a policy that is set."""
    first, last = period
    days = {"type": "date", "min": first, "max": last, "required": "required"}
    fields = [
        _labelled(language.say("app.lever.first"), void("input", name_="first", value=change.first, **days)),
        _labelled(language.say("app.lever.last"), void("input", name_="last", value=change.last, **days)),
    ]
    told = language.say("app.lever.recorded", value=recorded_of(lever, language))
    dates = tag("div", *fields, class_="dates")
    return _row(POLICY, lever, told, language, dates, *_value(lever, change.value, language))


def assumption_row(lever: Lever, value: object, language: Language) -> str:
    """Return the fieldset of an assumption that is set."""
    told = language.say("app.lever.replaced")
    if not lever.varies:
        told = language.say("app.lever.without", value=recorded_of(lever, language))
    return _row(ASSUME, lever, told, language, *_value(lever, value, language))


def _row(word: str, lever: Lever, told: str, language: Language, *fields: str) -> str:
    """Return a fieldset."""
    label = label_of(lever.key, language)
    name = language.say("app.lever.remove_one", lever=label)
    remove = said("button", language.say("app.lever.remove"), type="button", data_remove="", aria_label=name)
    return tag(
        "fieldset",
        said("legend", label),
        tag("p", said("span", f"{lever.meaning}. ", **ENGLISH_TEXT), " ", said("span", told), class_="small"),
        *fields,
        remove,
        data_key=lever.key,
        data_group=word,
    )


def _value(lever: Lever, value: object, language: Language) -> Iterator[str]:
    """Yield the control of a value: a list of words, or a slider with a field beside it."""
    if lever.words:
        options = (_option(word, word == value, language) for word in lever.words)
        yield _labelled(language.say("app.name.regime"), tag("select", *options, name_="value"))
        return
    unit, label = unit_of(lever, language), label_of(lever.key, language)
    ends = {"min": f"{lever.low:g}", "max": f"{lever.high:g}", "step": f"{lever.step:g}", "value": value}
    name = language.say("app.lever.value_unit", unit=unit) if unit else language.say("app.lever.value")
    yield _labelled(name, void("input", type="number", name_="value", **(ends | _free(lever))))
    slider = language.say("app.lever.slider", lever=label)
    yield void("input", type="range", name_="slider", aria_label=slider, **ends)
    low, high = (language.as_typed(f"{end:g}") for end in (lever.low, lever.high))
    between = language.say("cell.between", low=low, high=high)
    yield said("p", f"{between} {unit}".strip(), class_="small ends")


def _free(lever: Lever) -> dict[str, object]:
    """Return what differs in the field: any value, which is checked when it is run."""
    return {"step": "1" if float(lever.step).is_integer() else "any"}


def _option(word: str, is_chosen: bool, language: Language) -> str:
    """Return a regime to choose."""
    chosen = {"selected": "selected"} if is_chosen else {}
    return said("option", regime_of(word, language), value=word, **chosen)


def _labelled(text: str, control: str) -> str:
    """Return a control with its name."""
    return tag("label", said("span", text), control)


def sizes(chosen: int, all_of_them: Sequence[int], language: Language) -> str:
    """Return the list of how many histories are run."""
    options = (_size(each, each == chosen, each == max(all_of_them), language) for each in all_of_them)
    return _labelled(language.say("app.histories"), tag("select", *options, id="histories"))


def _size(size: int, is_chosen: bool, is_all: bool, language: Language) -> str:
    """Return a number of histories to choose."""
    chosen = {"selected": "selected"} if is_chosen else {}
    text = language.say("app.all_of_them", count=size) if is_all else size
    return said("option", text, value=size, **chosen)
