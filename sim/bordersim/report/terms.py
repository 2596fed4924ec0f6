"""The terms of tables and texts, as they are explained to whoever looks them up."""

from __future__ import annotations

# In the order of a first reading; docs/odd.md has the definitions in full.
TERMS: dict[str, str] = {
    "scenario": "a set of values that is run: a policy, what is known of a year, or both; see 'scenarios'",
    "reference": "the scenario that others are compared with; a difference is scenario minus reference",
    "attempt": "one try by one person at one segment of the border. An event: one person can have many, so"
    " attempts are never people",
    "person": "one synthetic migrant. Figures of people begin with people_; each person counts once, over all"
    " borders and the whole run",
    "claim": "an asylum claim voiced on one occasion. An event: whoever claims at every return has several",
    "ledger": "one of four tables that stand together: entry, protection, guards, money",
    "pushback": "kept out or returned by guards with no individual screening, before the line or after it;"
    " derived from what happened, never a rule. An event, not a person",
    "turned back": "sent back by guards after crossing the line",
    "got away": "detected, but not stopped; the undetected are counted apart",
    "unstopped entry": "an attempt that ended in an entry, detected or not. Whoever is admitted to the asylum"
    " procedure was stopped, and is not among them",
    "between the lines": "sent back over the line by one country and not let back in by Belarus: there people"
    " stay until they are let go, rescued or die. Counted as captives",
    "screened": "an individual examination took place, with access to the asylum procedure",
    "non-refoulement risk": "a pushback of somebody vulnerable, or expected to voice a claim: a count, no"
    " legal finding",
    "history": "a set of values, chance events and Belarusian decisions, kept because a simulation"
    " of the policies that really applied, run with it, roughly matches published figures; each policy is"
    " simulated once with each history",
    "policy": "the rules that a scenario sets: whom guards turn back, who can ask for asylum, staffing,"
    " barriers, flights; what is known of the year is the same in all",
    "host state": "Belarus, as far as it decides who comes to the border, where they are led, and whether"
    " they are let back",
    "luck": "what chance decides in one run; with the same luck the same people have the same draws under"
    " every policy",
    "replicate": "one run with chance of its own; the same number has the same chance in every scenario",
    "draw": "a set of values of parameters in a sweep or a sensitivity analysis",
    "median": "the middle value: half of the histories or replicates lie below it, half above; that of the"
    " differences is not the difference of the medians",
    "reading": "one way to compare histories, with --readings: with the same luck or with fresh luck, with a"
    " host state that answers or one that steers as it did",
    "paired difference": "scenario minus reference in the same replicate or history, so that common chance"
    " cancels",
    "90 % range": "of a difference between policies: nine tenths of the histories lie within it, or a few"
    " more, as many are alike and one more independent history is to lie within it nine times in ten; a *"
    " marks those that a test on invented borders, whose truth is known, found too narrow: drawn wider",
    "90 % of histories": "where nine tenths of the histories lie: how much the published record leaves"
    " undecided among the values that vary, not how wrong the model itself may be",
    "90 % of replicates": "where nine tenths of single runs lie: what could happen by chance alone, with one"
    " set of values",
    "95 % interval of the mean": "how well the mean is known: it narrows with more replicates. It is not what"
    " could happen; that is 90 % of replicates or histories",
    "simulated official counts": "what the authorities would have written down of the model's events, by the"
    " way they count; metrics that begin with record_. Published figures are another thing, and are named so",
    "published": "a figure that an authority or a newspaper gave, with its source",
    "fence": "costs those who pass it time, in which a patrol can come, and turns some round at the line; a"
    " hole opens its segment until it is mended. Who does not try there tries elsewhere, so fewer entries at"
    " one border need not be fewer in all; and who gives up unmet is among the attempts, so that the share"
    " that guards stop can fall. Step by step: bordersim compare A B --attribute; docs/validation.md, Levers",
    "lever": "a value or a rule that a policy could change, like guards, a fence or an order; scenarios set"
    " it. One that is switched off, at 0, is varied by a sweep only where it is named",
    "turn-back": "sending people back at the border, with or without a look at their claim; where an order"
    " asks for it of all, see pushback and unscreened_returns",
    "loan": "officers whom Lithuania lends to Latvia, guards.LT.lent_to_LV by date: they patrol there and are"
    " a Lithuanian cost; compare no_loan_2023 loan_2023",
    "crew": "a patrol on shift. A station has whole crews, rounded by a draw from officers, their share on"
    " shift and people in a crew; so hours of patrols move in steps",
    "segment": "a piece of the border of about a kilometre",
    "stretch": "the segments of one guard station",
    "chainage": "distance along the border from its first point [km]",
    "window": "some days of a run, both ends included: --from DATE --to DATE",
    "assumed": "a value without a source, as every report counts them; calibrated, published and official"
    " values have one",
}
