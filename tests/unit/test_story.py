"""A story as page and text: everything stays text, nobody is looked for, death is one plain sentence."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from html import escape

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from test_page import HOSTILE, Tags

from bordersim.analyses.lives import picks
from bordersim.analyses.lives.again import Again, again_of
from bordersim.analyses.lives.apart import KINDS, Lives
from bordersim.analyses.lives.asked import Whom
from bordersim.analyses.lives.behind import draws_of, values_of_draw, values_of_rule
from bordersim.analyses.lives.names import name_of, replicate_and_key
from bordersim.analyses.lives.picks import All
from bordersim.errors import BadInput
from bordersim.inputs.loading import load
from bordersim.model.records import NO_ONE
from bordersim.report.catalogue import ENGLISH, LANGUAGES, Language
from bordersim.report.story.page import page
from bordersim.report.story.reasons import reason, rows
from bordersim.report.story.sentences import picked
from bordersim.report.story.shown import ShownStory
from bordersim.report.story.text import LANE, MARGIN
from bordersim.report.story.told import Ending, Fact, Range, Why
from bordersim.words.codes import (
    BORDER_ZONE,
    COUNTRIES,
    DEAD,
    IN_PROCEDURE,
    MOVED_ON,
    RETURNED_HOME,
    STATES,
)

NAMES, DAYS = ("no_turn_back_2021", "history_2021"), {"period.end": "2021-08-14"}
ORIGINS = {3: "via_istanbul", 9: "africa"}


@pytest.fixture(scope="module")
def again() -> Again:
    scenarios = [load(name, DAYS) for name in NAMES]
    scenarios[1] = replace(scenarios[1], title=HOSTILE)
    return again_of(scenarios, DAYS, notes=(HOSTILE,))


@pytest.fixture(scope="module")
def each(again: Again) -> ShownStory:
    return Whom("each-ending", among=2).told_by(again, command="bordersim <b>")


@pytest.fixture(scope="module")
def typical(again: Again) -> ShownStory:
    return Whom(among=2).told_by(again)


def test_a_page_is_well_formed_runs_no_script_and_asks_nobody(each: ShownStory) -> None:
    page = each._repr_html_()
    tags = Tags(page)
    assert {"main", "svg", "table", "ol"} <= {name for name, _ in tags.found}
    assert not any(name == "script" or "src" in attributes for name, attributes in tags.found)
    assert "<script>" not in page
    assert "\u202e" not in page
    style = re.search("<style>(.*)</style>", page, re.DOTALL)
    assert style
    allowed = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"sha256-{allowed}" in page


def test_neither_says_an_hour_a_segment_or_who_is_vulnerable(each: ShownStory) -> None:
    for told in (str(each), each._repr_html_()):
        assert not re.search(r"\b\d{1,2}:\d\d\b", re.sub("<style>.*</style>", "", told, flags=re.DOTALL))
        assert "segment" not in told
    assert not re.search('"(vulnerable|nationality|segment|time_h)":', each.json())


def test_each_ending_tells_of_different_endings_with_shares_and_of_no_death(each: ShownStory) -> None:
    told = each.story.told
    pairs = [(one.pick.pair, one.pick.is_same) for one in told]
    assert 1 < len(set(pairs)) == len(pairs) <= picks.MOST_PAIRS
    assert any(same for _, same in pairs)
    assert all(one.pick.share.low <= one.pick.share.median <= one.pick.share.high for one in told)
    assert not any(one.deaths[0][1] or one.deaths[1][1] for one in told)
    for one in told:
        ends = (one.lives[0].ending, one.lives[1].ending)
        assert ends == one.pick.pair
        assert (one.why is None) == one.pick.is_same


def test_the_typical_family_is_told_with_its_share_and_its_reason(typical: ShownStory) -> None:
    (told,) = typical.story.told
    text = str(typical)
    assert told.why
    assert told.person in text
    assert reason(told.why, ENGLISH) in text
    assert f"{told.pick.like:,} of {told.pick.of:,}" in text
    assert ENGLISH.say("story.page.kicker") in text
    assert typical.story.survey.policies_part == date(2021, 8, 3)
    assert typical.story.survey.first_parted
    assert typical.story.survey.first_parted >= date(2021, 8, 3)


def test_a_family_is_told_of_again_by_its_name(again: Again, typical: ShownStory) -> None:
    (told,) = typical.story.told
    (same,) = Whom(person=told.person).told_by(again).story.told
    assert same._replace(pick=told.pick) == told
    with pytest.raises(BadInput, match="no such family"):
        Whom(person=re.sub(r"\d+$", "999999", told.person)).told_by(again)


def test_a_death_is_one_plain_sentence_and_told_by_name_alone(typical: ShownStory) -> None:
    (told,) = typical.story.told
    dead = told._replace(people=3, deaths=((0, None), (2, date(2021, 11, 3))))
    shown = ShownStory(typical.story._replace(told=(dead,)))
    sentence = "under B 2 die, of a family of 3, on 3 November 2021."
    for text in (" ".join(str(shown).split()), shown._repr_html_()):
        assert sentence in text
        assert ENGLISH.say("story.page.in_both") not in text
        assert "try 1" not in text


def lives_with(ends: list[tuple[int, int]], returns: list[tuple[int, int]], same: bool = False) -> Lives:
    """Return lives that end so, all parted by the law."""
    count = len(ends)
    kind = np.full(count, NO_ONE if same else KINDS.index("law"))
    keys = np.arange(1, count + 1, dtype=np.uint64)
    zeros = np.zeros(count, np.int64)
    return Lives(
        keys, kind, zeros, np.full(count, 2300.0), np.array(ends), np.array(returns), np.zeros((count, 2))
    )


def test_the_typical_one_has_the_median_number_of_returns_of_the_commonest_pair() -> None:
    pair, other = (IN_PROCEDURE, MOVED_ON), (IN_PROCEDURE, RETURNED_HOME)
    lives = lives_with([pair, pair, pair, other], [(0, 9), (0, 2), (0, 0), (0, 2)])
    (chosen,) = picks.typical(All([0], [lives]))
    assert (chosen.key, chosen.pick.like, chosen.pick.of) == (2, 3, 4)
    assert chosen.pick.pair == (STATES[IN_PROCEDURE], STATES[MOVED_ON])


def test_who_dies_is_never_picked_and_who_is_extreme_is_marked() -> None:
    dead, alive = (IN_PROCEDURE, DEAD), (BORDER_ZONE, RETURNED_HOME)
    everybody = All([0], [lives_with([dead, dead, dead, alive], [(0, 50), (0, 9), (9, 9), (1, 3)])])
    for pick in picks.PICKS:
        (chosen,) = picks.picked(everybody, pick)
        assert chosen.key == 4
        assert chosen.pick.rule == pick
    (found,) = picks.person(everybody, 1)
    assert found.pick.pair == (STATES[IN_PROCEDURE], STATES[DEAD])
    assert sum(ending.share.median for ending in everybody.endings()) == pytest.approx(1)
    words = ENGLISH.say("story.picks.extreme-returns", of="4")
    assert words.startswith("Picked because extreme: 1 of 4")


def test_where_no_life_parts_nobody_is_typical() -> None:
    lives = lives_with([(MOVED_ON, MOVED_ON)] * 2, [(0, 0)] * 2, same=True)
    assert not picks.typical(All([0], [lives]))
    assert len(picks.each_ending(All([0], [lives]))) == 1


def test_names_are_read_as_they_are_written() -> None:
    replicate, key = replicate_and_key("r7-via_istanbul-2021-08-27-4096", ORIGINS, 8)
    assert name_of(replicate, key, ORIGINS) == "r7-via_istanbul-2021-08-27-4096"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("vulnerable", "must look like r0-via_istanbul-2021-08-27-4096"),
        ("r8-africa-2021-08-27-1", "allowed: r0 to r7"),
        ("r0-afrika-2021-08-27-1", "did you mean 'africa'"),
        ("r0-africa-2021-02-30-1", "no such day"),
        ("r0-africa-1999-01-01-1", "allowed: from 2020-01-01 on"),
    ],
)
def test_other_names_are_refused_in_one_line(name: str, said: str) -> None:
    with pytest.raises(BadInput, match=re.escape(said)):
        replicate_and_key(name, ORIGINS, 8)


def test_what_goes_together_neither_with_a_person_nor_unknown_is_refused() -> None:
    with pytest.raises(BadInput, match="leave out 'pick'"):
        Whom("each-ending", person="r0-africa-2021-08-27-1")
    with pytest.raises(BadInput, match="pick"):
        Whom("most-vulnerable")
    with pytest.raises(BadInput, match="among"):
        Whom(among=0)


def test_each_kind_and_state_has_words_and_a_rule_that_exists() -> None:
    from bordersim.analyses.lives.why import FACTS, _rule

    assert all(_rule(kind)[1] for kind in KINDS)
    assert set(FACTS) <= set(KINDS)
    wanted = {
        "kinds": KINDS,
        "facts": {key for keys in FACTS.values() for key in keys},
        "endings": STATES,
        "decisions": [name for kind in KINDS for name in draws_of(kind)],
    }
    for section, names in wanted.items():
        assert all(ENGLISH.says(f"story.{section}.{name}") for name in names)


def test_each_value_behind_a_difference_is_a_value_of_scenarios() -> None:
    """One that is renamed would be left out without a word."""
    known = load(NAMES[0], DAYS).parameters
    draws = [name for kind in KINDS for name in draws_of(kind)]
    keys = {key for kind in KINDS for key in values_of_rule(kind)}
    keys |= {key for name in draws for key in values_of_draw(name)}
    assert len(keys) > 10
    named = [{key.replace("{border}.", ""), *(key.format(border=name) for name in COUNTRIES)} for key in keys]
    assert [each for each in named if not known.keys() & each] == []


def test_both_probabilities_stand_beside_the_draw() -> None:
    facts = (
        Fact("draw", "recognised", 0.46, 0.46),
        Fact("held", "recognised", None, 0.15),
        Fact("outcome", "recognised", None, "no"),
    )
    shown = [tuple(row) for row in rows(Why("law", "", "", facts, ()), ENGLISH)]
    assert shown == [
        ("the draw: is the family recognised as vulnerable?", "0.46", "0.46"),
        ("held against", "not asked", "0.15"),
        ("so", "not asked", "no"),
    ]


def test_where_a_draw_falls_is_written_as_the_language_does() -> None:
    why = Why("place", "", "", (Fact("share", "LT", (0.0, 0.9124), (0.0, 0.065)),), ())
    assert rows(why, ENGLISH) == [("draws that lead to Lithuania", "0.000 to 0.912", "0.000 to 0.065")]
    assert rows(why, LANGUAGES["lt"])[0].b == "nuo 0,000 iki 0,065"


def test_a_story_in_lithuanian_has_the_same_numbers_and_no_english(each: ShownStory) -> None:
    """Digits of days, tries, shares and counts; what is left in English is what authors wrote."""
    lt = each.in_language("lt")
    assert re.search('<html lang="lt">', lt._repr_html_())
    assert LANGUAGES["lt"].say("page.unread") in lt._repr_html_()
    both = [
        sorted(re.findall(r"\d+", re.sub(r"[,.\xa0]", "", body(told._repr_html_())))) for told in (each, lt)
    ]
    assert both[0] == both[1]
    english = set(re.findall(r"\b(?:they|guards|Under|families|the|November|August)\b", said_only(lt)))
    assert not english
    with pytest.raises(BadInput, match="lang: 'lv' is unknown"):
        each.in_language("lv")


def body(page: str) -> str:
    """Return what a reader sees of a page."""
    main = re.sub("<(head|svg).*?</\\1>", "", page, flags=re.DOTALL)
    return re.sub("<[^>]*>", " ", main)


def said_only(story: ShownStory) -> str:
    """Return a page without the words of authors: notes, rules, sources, titles."""
    plain = re.sub('<p lang="en">.*?</p>|<ul>.*?</ul>', "", story._repr_html_(), flags=re.DOTALL)
    for title in story.story.titles:
        plain = plain.replace(escape(title), "")
    return body(plain)


SHARES = st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)).map(sorted)


@given(SHARES, st.sampled_from(list(LANGUAGES.values())))
@settings(max_examples=30, phases=[Phase.explicit, Phase.generate])
def test_the_share_of_a_sentence_stands_in_the_row_whose_range_holds_it(
    typical: ShownStory, ends: list[float], language: Language
) -> None:
    low, median, high = ends
    story = typical.story
    told = story.told[0]._replace(pick=story.told[0].pick._replace(share=Range(median, low, high)))
    own = Ending(told.pick.pair, told.pick.is_same, told.pick.share)
    survey = story.survey._replace(endings=(own, *story.survey.endings[1:]))
    (sentence,) = [text for text in picked(told, language) if "%" in text]
    shown = re.findall("<tr>.*?</tr>", page(story._replace(told=(told,), survey=survey), language), re.DOTALL)
    number = {"en": r"[\d.]+", "lt": r"[\d,]+"}[language.code]
    share = re.search(rf"({number})\s% \((?:nuo )?({number}) (?:to|iki) ({number})\s%\)", sentence)
    assert share
    assert [row for row in shown if share[0] in body(row)]
    middle, first, last = (float(each.replace(",", ".")) for each in share.groups())
    assert first <= middle <= last


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_of_a_story_is_wider_than_asked(each: ShownStory, width: int) -> None:
    """A lane of signs is as wide as it is."""
    lines = each.as_wide_as(width).splitlines()
    assert max(map(len, lines)) <= max(width, LANE + MARGIN)
    assert " ".join(" ".join(lines).split()) == " ".join(str(each).split())
