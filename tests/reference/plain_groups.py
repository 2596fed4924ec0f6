"""A group of migrants at the border: one attempt, and what follows it."""

from __future__ import annotations

from math import inf

from plain_people import Family, Person
from plain_travel import HOURS_PER_DAY, TravellingGroup

from bordersim.model import randomness as chance
from bordersim.model.rules.barrier import time_to_clear_h, time_to_line_h
from bordersim.model.rules.captivity import captivity_ends, wait_days
from bordersim.model.rules.exposure import is_freezing, probability_over_days
from bordersim.model.rules.guards import passes_per_h, patrol_detection_rate_per_h
from bordersim.model.rules.hazards import exponential, waiting_time_h
from bordersim.model.rules.policy import interception_outcome, is_pushback, regime_in_practice
from bordersim.words.codes import (
    ADMIT_AND_SCREEN,
    ADMITTED_FROM_CAPTIVITY,
    BARRIERS,
    DRIVEN_FORWARD,
    OUTCOMES,
    TAKEN_HOME,
    TERRAINS,
)


class MigrantGroup(TravellingGroup):
    """Families travelling together: it sleeps until something can happen to it, then does that."""

    def set_out(self) -> None:
        """Choose a place and try to cross there."""
        self.split_if_too_large()
        self.attempt += 1
        self.choose_place()
        if not self.is_captive:
            if self.is_stopped_by_host():
                self.be_stopped_by_host()
                return
            self.claim_at_crossing_point()
        if self.people > 0:
            self.cross()

    def be_hurt(self) -> None:
        """Count the attempts, and who dies in them."""
        people, harm = self.people, self.model.world.params.harm
        death = harm.death_probability_per_attempt[self.segment.terrain]
        self.segment.attempts += people
        self.here.attempts += people
        self.country.count("attempts", people)
        self.country.count("driven_attempts", people * self.is_captive)
        if (barrier := BARRIERS[self.segment.barrier]) != "none":
            self.country.count(f"attempts_at_{barrier}", people)
        # The sums of probabilities are not whole numbers: a group adds once, as the engine does.
        self.country.count("deaths_expected", people * death)
        for family in self.present:
            for number, person in self.living_with_numbers(family):
                person.attempts += 1
                if family.draw(chance.DEATH, number) < death:
                    family.bury(person, self.country)

    def be_out(self, hours: float) -> None:
        """Count for how long those who live are out in the attempt, and in water."""
        self.country.count("attempt_person_hours", self.people * hours)
        if TERRAINS[self.segment.terrain] in ("river", "lake", "swamp"):
            self.country.count("wet_attempt_person_hours", self.people * hours)

    def leave_hole(self) -> None:
        """Leave a hole in a fence it got past, or not; a hole is mended some days later.

        Who finds that others have made one since it set out needs none of its own.
        """
        world = self.model.world
        if not (self.breached and self.met_fence and self.segment.has_whole_fence):
            return
        if self.draw(chance.DAMAGE) < world.params.barrier.damage_probability:
            self.segment.mended_day = self.model.day + world.params.barrier.repair_days
            self.country.count("barrier_damages", 1)

    def living_with_numbers(self, family: Family) -> list[tuple[int, Person]]:
        """Return the living of a family, each with the number of its draws in this attempt."""
        first = self.attempt * self.model.world.derived.max_family
        return [(first + i, person) for i, person in enumerate(family.persons) if person.state != "dead"]

    def cross(self) -> None:
        """Work out when the line is reached, when all is over, when someone notices; be hurt; sleep."""
        now, world, barrier = self.model.now_h, self.model.world, self.segment.barrier
        params, added_h = world.params, world.terrains[self.segment.terrain].added_line_h
        line = time_to_line_h(params.cross.approach_h, added_h, world.barriers[barrier].added_line_h)
        self.breached = self.draw(chance.BREACH) < params.cross.breach_probability[barrier]
        self.met_fence = self.segment.has_whole_fence
        end = time_to_clear_h(line, params.cross.clear_h) if self.breached else line
        seen = self.noticed_after_h()
        if self.waits or self.draw(chance.ALARM_AT_BARRIER) < params.detect.alarm_probability[barrier]:
            seen = min(seen, line)
        self.line_h, self.end_h, self.detected = now + line, now + end, seen <= end
        self.be_hurt()
        self.be_out(end)
        if self.people == 0:
            return
        if self.detected:
            self.sleep(now + seen, "be_noticed")
        else:
            self.sleep(now + end, "get_clear")

    @property
    def waits(self) -> bool:
        """Whether it waits behind the line for the guards."""
        return self.presenting and self.breached

    def noticed_after_h(self) -> float:
        """Return when cameras or a passing patrol would notice the group [h after setting out]."""
        detect, speed = self.model.world.params.detect, self.model.world.params.patrols.speed_km_per_h
        visibility = detect.visibility_factor[self.country.code]
        passes = passes_per_h(self.here.crews, speed, self.here.row.length_km)
        rate = patrol_detection_rate_per_h(
            passes, detect.patrol_pass_probability * visibility, detect.patrol_rate_max_per_h * visibility
        )
        if self.segment.is_watched and self.segment.has_working_cameras:
            rate += detect.surveillance_rate_per_h
        return waiting_time_h(self.draw(chance.DETECTION), rate, inf)

    def be_noticed(self) -> None:
        """Have a patrol sent, which meets the group or comes too late."""
        self.country.count("detected", self.people)
        self.segment.detected += self.people
        self.here.news[self.model.day]["noticed"] += self.people
        arrival = self.here.send_patrol(self, self.segment.row.position_km, self.waits)
        if self.turned_round:
            self.sleep(arrival, "turn_round")
        elif arrival < self.end_h or (self.waits and arrival < inf):
            self.sleep(arrival, "be_met")
        else:
            self.sleep(self.end_h, "get_clear")

    def be_met(self) -> None:
        """Be treated as the law of the day says, family by family; who is sent back may try again."""
        country, before_line = self.country, self.model.now_h < self.line_h
        self.segment.intercepted += self.people
        if not before_line:
            self.leave_hole()
        draw, informal = self.draw(chance.PRACTICE), country.law.informal_turn_back_probability
        regime = regime_in_practice(country.law.regime, draw, informal)
        for family in self.present:
            recognised = self.is_recognised(family, regime)
            code = interception_outcome(regime, before_line, self.presenting, recognised)
            self.end_attempt(OUTCOMES[code], family.people)
            if is_pushback(code, False):
                family.be_pushed_back(country, not before_line, self.attempt, not self.is_captive)
            else:
                country.count("humanitarian_admissions", family.people * recognised)
                family.enter_procedure(country, "claims_lodged_border")
        if self.people > 0:
            self.be_sent_back(not before_line)

    def is_recognised(self, family: Family, regime: int) -> bool:
        """Return whether a vulnerable family is recognised as such; who screens all need not ask."""
        if regime == ADMIT_AND_SCREEN or not family.vulnerable:
            return False
        draw, law = family.draw(chance.RECOGNISED, self.attempt), self.country.law
        return bool(draw < law.recognition_probability)

    def get_clear(self) -> None:
        """End an attempt nobody came to: in, or turned round at a barrier that held."""
        if not self.breached:
            self.end_attempt("withdrawn", self.people)
            self.go_on_trying()
            return
        self.leave_hole()
        self.end_attempt("got_away" if self.detected else "undetected_entry", self.people)
        self.is_captive = False
        self.here.unstopped_entries += self.people
        inside = self.present
        for family in inside:
            family.get_in(self.country)
        inside[0].inside_with = self
        inland = self.model.world.params.inland
        days = exponential(self.draw(chance.STAY), inland.stay_days_mean)
        self.model.end_procedure_at(inside[0], self.model.now_h + HOURS_PER_DAY * days)

    def end_stay(self) -> None:
        """Be found and taken into the procedure, or move on, all who got in together."""
        inland = self.model.world.params.inland
        is_found = self.draw(chance.FOUND_INLAND) < inland.found_share
        for family in self.families:
            if family.state == "entered":
                family.leave_stay(is_found, self.model.today.start_h)

    def turn_round(self) -> None:
        """Go back at the sight of a patrol, unmet, and wait for the next chance."""
        self.country.count("turned_round", self.people)
        self.end_attempt("withdrawn", self.people)
        self.turned_round = False
        self.go_on_trying(at_once=True)

    def end_attempt(self, outcome: str, people: int) -> None:
        """Count the end of an attempt, have it written down by the authority, let it become news."""
        self.country.count(outcome, people)
        seen_turning = outcome == "withdrawn" and self.turned_round
        self.model.write_record(self.country, "entry_prevented" if seen_turning else outcome, people)
        slipped = people if outcome in ("got_away", "undetected_entry") else 0
        admitted = people if outcome == "apprehended" else 0
        told = self.country.news[self.model.day]
        told["got_in"] += slipped + admitted
        if outcome in ("apprehended", "entry_prevented", "turned_back"):
            told["admitted"] += admitted
            told["met"] += people
        if self.is_captive or not self.presenting:
            self.here.news[self.model.day]["slipped"] += slipped
            self.here.news[self.model.day]["tried"] += people

    def be_sent_back(self, after_line: bool) -> None:
        """Be let back by the host state, or be held by it between the lines."""
        let_back = self.draw(chance.LET_BACK) < self.country.law.let_back_probability
        self.is_captive = self.is_captive or (after_line and not let_back)
        self.go_on_trying()

    def go_on_trying(self, at_once: bool = False) -> None:
        """Try again: when it likes, or when it is driven forward."""
        if self.is_captive:
            self.be_held()
        elif at_once:
            self.wait_for_a_chance()
        else:
            self.try_again_later()

    def captive_rates(self) -> tuple[float, ...]:
        """Return how often a day each of the four things happens to captives here."""
        host, code = self.model.world.params.host, self.country.code
        return (
            host.captives_driven_per_day,
            host.captives_admitted_per_day[code],
            host.captives_taken_home_per_day,
            host.captives_let_back_per_day[code],
        )

    def be_held(self) -> None:
        """Be held between the lines until the next thing happens there."""
        for family in self.present:
            family.move("captive")
            family.country = self.country
        days = wait_days(self.draw(chance.CAPTIVE_WAIT), *self.captive_rates())
        self.since_h = self.model.now_h
        self.sleep(self.since_h + days * HOURS_PER_DAY, "be_released")

    def be_released(self) -> None:
        """End a wait between the lines in one of four ways, for who lived through it."""
        self.freeze()
        for family in self.present:
            family.move("border_zone")
        end = captivity_ends(self.draw(chance.CAPTIVITY_ENDS), *self.captive_rates())
        moved = self.draw(chance.CAPTIVES_MOVED) < self.model.world.params.host.captives_moved_probability
        self.is_captive = end == DRIVEN_FORWARD
        self.is_pinned = self.is_captive and not moved
        if self.people == 0:
            return
        if end == DRIVEN_FORWARD:
            self.set_out()
        elif end == ADMITTED_FROM_CAPTIVITY:
            self.be_let_in()
        elif end == TAKEN_HOME:
            for family in self.present:
                family.move("returned_home")
        else:
            self.try_again_later()

    def be_let_in(self) -> None:
        """Be taken in from between the lines, on humanitarian grounds."""
        for family in self.present:
            self.country.count("rescued", family.people)
            self.country.count("humanitarian_admissions", family.people)
            family.enter_procedure(self.country, "claims_lodged_border")

    def freeze(self) -> None:
        """Let the freezing days of the wait kill some."""
        world = self.model.world
        nights = world.calendar[world.day_of_hour[int(self.since_h)] : self.model.day]
        freezing = sum(is_freezing(night.temperature_degc) for night in nights)
        harm = world.params.harm
        death = probability_over_days(harm.death_probability_per_captive_freezing_day, freezing)
        for family in self.present:
            for number, person in self.living_with_numbers(family):
                self.country.count("deaths_expected", death)
                if family.draw(chance.DEATH_CAPTIVE, number) < death:
                    family.bury(person, self.country)
