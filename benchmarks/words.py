"""The words of made-up narratives: drawn as people use words, a few of them all the time and most hardly ever."""

import random
from itertools import accumulate

from demo.names import LAST

# What is searched for; none of them is in the vocabulary, so each stands exactly where it was put.
RARE, MIDDLING, COMMON = "weathervane", "lanyard", "photograph"
RARE_INCIDENTS = 20
# The rare word stands in the first ten thousand alone: as many incidents hold it at every size.
RARE_EVERY, RARE_AMONG = 500, 10_000
SHORTEST, LONGEST = 30, 90
SENTENCE = 11

_FREQUENT = (
    "the to and a of in was that it on she had for her at with from is they an by said he not as this we were his who"
    " about after when been there which our one could their out what i all my before or into over because but be them"
    " then also did up so no two if than other its later same where between while during first only both each some any"
).split()
_NOUNS = (
    "post client family case office page picture comment account video group story worker child report phone screen"
    " name record file desk county message chat friend coworker supervisor visit home parent form letter letterhead"
    " profile reply thread feed channel follower caption hashtag tag album livestream recording audio clip meme"
    " screenshot link address mailbox laptop tablet badge folder binder notebook whiteboard calendar schedule roster"
    " shift lobby hallway waiting-room reception kitchen parking vehicle camera window printer scanner copier shelf"
    " cabinet envelope packet referral intake assessment interview hearing placement adoption foster guardian sibling"
    " infant teenager grandmother neighbor provider nurse doctor therapist hospital school daycare shelter pantry"
    " benefit eligibility renewal application denial appeal notice voucher card allotment medicaid diagnosis medicine"
    " prescription dosage treatment counseling recovery disability wheelchair ward unit patient resident facility"
    " dormitory license inspection complaint allegation investigation witness statement policy training directive"
    " newsletter flyer poster fundraiser banquet picnic parade softball team award birthday retirement celebration"
    " selfie background corner edge name-plate number figure amount date birthday initials nickname likeness voice"
    " uniform vest sign door fence garden porch truck bus route road bridge church store restaurant market fair"
    " election rumor joke argument opinion complaint apology reminder warning question answer request permission"
    " consent release waiver audit review decision outcome follow-up correction takedown moderator administrator"
    " contractor vendor volunteer intern trainee retiree journalist reporter station newspaper website blog forum"
).split()
_VERBS = (
    "posted shared saw asked told showed wrote sent took found reported deleted removed commented replied tagged"
    " uploaded copied forwarded recorded filmed streamed liked followed joined left opened closed printed scanned"
    " mailed called texted mentioned described named identified recognized blurred cropped edited altered hid covered"
    " turned moved carried dropped forgot remembered noticed realized believed guessed assumed explained apologized"
    " promised refused agreed admitted denied insisted suggested requested required caused allowed blocked unblocked"
    " archived restored searched scrolled clicked typed borrowed lent returned locked unlocked logged visited drove"
    " waited talked laughed complained worried checked confirmed verified corrected updated renewed approved rejected"
    " scheduled cancelled attended missed trained reminded warned counseled escalated documented filed stored shredded"
).split()
_QUALITIES = (
    "public private personal confidential visible clear blurry partial whole open closed recent old new early late"
    " quick slow careful careless accidental deliberate honest upset angry calm friendly rude shared official"
    " unofficial former current temporary permanent local rural regional statewide medical legal financial social"
    " digital handwritten printed laminated torn missing duplicate similar different familiar unknown anonymous"
    " sensitive internal external weekly monthly annual daily nightly sudden ordinary unusual"
    " serious minor likely unlikely"
).split()
_COUNTIES = (
    "Arkansas Ashley Baxter Benton Boone Bradley Calhoun Carroll Chicot Clark Clay Cleburne Cleveland Columbia Conway"
    " Craighead Crawford Crittenden Cross Dallas Desha Drew Faulkner Franklin Fulton Garland Grant Greene Hempstead"
    " Howard Independence Izard Jackson Jefferson Johnson Lafayette Lawrence Lee Lincoln Logan Lonoke Madison Marion"
    " Miller Mississippi Monroe Montgomery Nevada Newton Ouachita Perry Phillips Pike Poinsett Polk Pope Prairie"
    " Pulaski Randolph Saline Scott Searcy Sebastian Sevier Sharp Stone Union VanBuren Washington White Woodruff Yell"
).split()
_BEGINNINGS = (
    "Ash Bell Birch Black Brad Bright Brook Carl Chat Clear Cold Dun East Elm Fair Fern Gold Green Hart Hazel High"
    " Holl Kings Lang Lin Long Mar May Mill Moor Nor Oak Pem Red Rock Rose Sand Shel Stan Strat Thorn Wal West Whit"
    " Wild Wood Wyn York"
).split()
_ENDINGS = (
    "berry bridge brook burn bury by caster cliff combe cote croft dale den field ford gate grove ham hurst land ley"
    " low man mere mond more ner port ridge rose shaw stead stock stone ton vale view ward water way well wick win"
    " wood worth wyn"
).split()
COUNTIES = [f"{county[:3]} {county[3:]}" if county == "VanBuren" else county for county in _COUNTIES]


def dice(seed: str) -> random.Random:
    """Dice that fall alike in every run."""
    return random.Random(seed)  # noqa: S311  what is made up needs no secrets


def _ranked() -> list[str]:
    """Every word once: what holds sentences together, then the work's own words, then the many names."""
    names = [f"{beginning}{ending}" for beginning in _BEGINNINGS for ending in _ENDINGS]
    shuffled = dice("ranks")
    work, places = [*_NOUNS, *_VERBS, *_QUALITIES], [*COUNTIES, *LAST, *names]
    shuffled.shuffle(work)
    shuffled.shuffle(places)
    found = dict.fromkeys([*_FREQUENT, *work, *places])
    return [word for word in found if word not in {RARE, MIDDLING, COMMON}]


VOCABULARY = _ranked()
# Zipf's law, flattened at the top: the tenth word is drawn about a fifth as often as the first.
WEIGHTS = list(accumulate(1 / (rank + 2.7) for rank in range(len(VOCABULARY))))


def words_placed_in(number: int) -> list[str]:
    """What the narrative of the so-manieth incident (from 0) must hold."""
    rare = number < RARE_AMONG and number % RARE_EVERY == RARE_EVERY // 2
    return [
        *([RARE] if rare else []),
        *([MIDDLING] if number % 100 == 3 else []),
        *([COMMON] if number % 10 in {1, 4, 8} else []),
    ]


def narrative(number: int, chance: random.Random) -> str:
    """Some sentences of 30 to 90 words, with those that must stand in this incident's."""
    placed = words_placed_in(number)
    drawn = chance.choices(VOCABULARY, cum_weights=WEIGHTS, k=chance.randint(SHORTEST, LONGEST - len(placed)))
    for word in placed:
        drawn[chance.randrange(len(drawn))] += f" {word}"
    sentences = [" ".join(drawn[start : start + SENTENCE]) for start in range(0, len(drawn), SENTENCE)]
    return f"{'. '.join(sentence[0].upper() + sentence[1:] for sentence in sentences)}."
