"""What makes one report differ from the next: a sentence of its own and a made-up web address."""

import random

from incidents.choices import Kind

# Some words stand in many reports and some in one or two, so that searches find many and few.
SENTENCES = (
    "I saw it during lunch and took a screenshot at once.",
    "My sister sent me the link on Sunday evening.",
    "A neighbor told me about it in the parking lot.",
    "It came up while I was looking for the county fair.",
    "There were four comments, and one of them guesses a name.",
    "Someone had already shared it twice when I found it.",
    "The author seems to have gone on vacation since.",
    "I know the handwriting on the whiteboard in the picture.",
    "The same person posted about the marathon an hour before.",
    "A retired colleague called and asked whether we knew.",
    "It was gone in the afternoon and back the next morning.",
    "One can zoom in and read the first two lines.",
    "I told nobody but my team lead.",
    "A foster parent was upset about it at the front desk.",
    "The account has a little over a thousand followers.",
    "The picture shows the calendar of the second floor.",
    "I only noticed it because of the yellow lanyard.",
    "It was part of a slideshow about the holiday party.",
    "Two of us saw it independently.",
    "I am not sure that it is still there.",
    "It shows up when one searches for our office.",
    "The translation under the post makes it worse.",
    "A journalist has liked it.",
    "The video is eleven seconds long.",
    "The post carries the hashtag of our open house.",
    "An aquarium and a blue couch can be seen: it is our waiting room.",
    "Someone answered with a thumbs up and nothing else.",
    "It reached me through a bowling league.",
    "The church newsletter linked to it.",
    "I would rather not be mentioned if that is possible.",
    "Please look at the third picture of the carousel.",
    "A courier pointed it out to us.",
)
_WEB = {
    "Facebook": "https://www.facebook.example/groups/{word}/posts/{number}",
    "Instagram": "https://www.instagram.example/p/{word}{number}",
    "TikTok": "https://www.tiktok.example/@{word}/video/{number}",
    "YouTube": "https://www.youtube.example/watch?v={word}{number}",
    "X (Twitter)": "https://x.example/{word}/status/{number}",
    "LinkedIn": "https://www.linkedin.example/posts/{word}-{number}",
    "Reddit": "https://www.reddit.example/r/{word}/comments/{number}",
    "Nextdoor": "https://nextdoor.example/p/{word}{number}",
    "Blog or website": "https://{word}.example/{number}",
}
_WORDS = (
    "river-valley delta-neighbors ozark-talk hillcrest-market grand-prairie white-river two-rivers pine-street"
    " saline-news mill-creek lakeside-moms old-mill-road hot-springs-talk cotton-belt diamond-trail"
).split()


def sentence(chance: random.Random) -> str:
    """Something only this report says, with a space before it; nothing for one in three."""
    return f" {chance.choice(SENTENCES)}" if chance.random() < 0.65 else ""


def web_address(kind: Kind, platform: str, chance: random.Random) -> str:
    """Where it can be seen, as far as a report of this kind and site has an address; in a domain that is nobody's."""
    if kind in {Kind.ASKED, Kind.NEAR_MISS} or platform not in _WEB or chance.random() < 0.4:
        return ""
    return _WEB[platform].format(word=chance.choice(_WORDS), number=chance.randint(10_000, 999_999))
