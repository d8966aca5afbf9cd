"""The words that are searched for stand in as many made-up narratives as promised."""

import re

from benchmarks.words import (
    COMMON,
    LONGEST,
    MIDDLING,
    RARE,
    RARE_AMONG,
    RARE_INCIDENTS,
    SHORTEST,
    VOCABULARY,
    dice,
    narrative,
    words_placed_in,
)
from policies.screening import may_be_stored


def _placed(word: str, count: int) -> int:
    return sum(word in words_placed_in(number) for number in range(count))


def test_the_rare_word_stands_in_as_many_incidents_at_every_size() -> None:
    assert _placed(RARE, RARE_AMONG) == _placed(RARE, 10 * RARE_AMONG) == RARE_INCIDENTS


def test_the_other_words_keep_their_shares() -> None:
    assert _placed(COMMON, 10_000) == 3_000
    assert _placed(MIDDLING, 10_000) == 100


def test_none_of_them_is_drawn_by_chance() -> None:
    assert not {RARE, MIDDLING, COMMON} & {word.lower() for word in VOCABULARY}
    assert len(VOCABULARY) == len(set(VOCABULARY)) > 2_000


def test_a_narrative_holds_what_was_placed_in_it_and_30_to_90_words() -> None:
    chance = dice("1")
    for number in range(1_000):
        words = re.findall(r"[\w-]+", narrative(number, chance))
        assert SHORTEST <= len(words) <= LONGEST + len(COMMON)
        assert set(words_placed_in(number)) == {RARE, MIDDLING, COMMON} & {word.lower() for word in words}


def test_a_few_words_are_used_all_the_time_and_most_hardly_ever() -> None:
    chance = dice("2")
    drawn = [word.lower() for _ in range(500) for word in narrative(5, chance).replace(".", "").split()]
    assert drawn.count("the") > 10 * drawn.count("page")
    assert len(set(drawn)) > 500


def test_nothing_made_up_is_stopped_by_a_screen() -> None:
    chance = dice("3")
    assert all(may_be_stored(narrative(5, chance)) for _ in range(50))
