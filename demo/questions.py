"""What employees of the demonstration asked about the sample policies, and what they were told; all made up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """A question at a clause with its answer, and the wording for everyone where it was published."""

    policy: str
    clause: str
    question: str
    answer: str
    published_question: str = ""
    published_answer: str = ""


QUESTIONS = (
    Asked(
        "1021",
        "i-c",
        "Two years ago I set up a page for our county's coat drive, and it still carries the DHS logo. Is it mine?",
        "No. It was set up to act for DHS, so it is not a personal account. Please tell OCCE about it, so that it is "
        "entered in the register or closed.",
    ),
    Asked(
        "1021",
        "ii-a-1",
        "Does my family's group chat count as social media? Only nine of us are in it.",
        "Yes. Messages count, however small the group is. The policy asks what you share and not how many people read "
        "along.",
        "Does a private group chat count as social media?",
        "Yes. Messages count, however small the group is. Confidential information does not belong in any chat on a "
        "personal account.",
    ),
    Asked(
        "1021",
        "ii-a-2",
        "I want to post a picture from our office picnic. A client's child is in it, but I can blur the face. Is that "
        "enough?",
        "No. An altered photograph of a client is still confidential. Choose a picture that shows no client at all.",
        "May I post a photograph of a client if the face is blurred?",
        "No. Blurring, cropping or covering a face does not make the picture less confidential.",
    ),
    Asked(
        "1021",
        "ii-a-3",
        "I posted something by mistake last night and took it down ten minutes later. Do I still have to report it?",
        "Yes, please report it today through this portal. A quick report helps to limit the harm, and it counts in "
        "your favor.",
        "Must I report a post that was taken down after a few minutes?",
        "Yes. Somebody may have seen or copied it. The Privacy Office decides what follows, and a prompt report of "
        "one's own mistake counts in one's favor.",
    ),
    Asked(
        "1021",
        "ii-b-3",
        "My supervisor sent me a friend request. It was friendly, and nobody pressed me. Must I accept it?",
        "No. You are free to accept or to ignore it, and neither may have any effect on your work. If you feel "
        "pressed, you can report it here. The report does not go to your supervisor.",
        "Must I accept a friend request from a supervisor?",
        "No. DHS may not require it or request it, and it may not suggest or cause it. Anyone who feels pressed "
        "can report it in this portal, and the report does not go to the chain of command.",
    ),
    Asked(
        "1021",
        "ii-c-2",
        "I like to look at my feed during my lunch break. Is that a problem?",
        "No. Your lunch break is your own time. The clause is about posting while you are on duty.",
    ),
    Asked(
        "1021",
        "ii-f",
        "I opened my networking profile years ago with my DHS address. What should I do now?",
        "Change the address in the profile to one of your own. If you correct it yourself within the time you are "
        "given, nothing else follows.",
        "What should I do if my profile still uses a DHS email address?",
        "Change it to an address of your own. Someone who corrects this in time has nothing else to expect.",
    ),
    Asked(
        "1021",
        "ii-g",
        "If an investigator asks for my login and I say no, will my supervisor hear about it?",
        "No. You may decline. That is no violation, and nobody tells your supervisor. You can also choose to sign in "
        "yourself and show the account in person.",
    ),
    Asked(
        "1021",
        "ii-i",
        "I need to check a marketplace site for a fraud case next week. Whom do I ask?",
        "File an access request in this portal and name the purpose. It goes up your chain of command step by step, so "
        "please start a few days ahead.",
    ),
    Asked(
        "1021",
        "iii-d",
        "Our office wants to put up flyers for a backpack giveaway. Do we have to ask OCCE for something that small?",
        "Yes. It is an outreach project, so OCCE has to be consulted while you prepare. A short request is enough.",
        "Does OCCE have to be consulted about a small local event?",
        "Yes. The rule is for every outreach project, large or small. A short request with the date, the audience and "
        "a draft is enough.",
    ),
    Asked(
        "4002",
        "vi-a",
        "I reported a coworker's post, and it turned out to be harmless. Can that be held against me?",
        "No. You reported in good faith, and you are protected even though nothing was found.",
    ),
    Asked(
        "4010",
        "iii-b",
        "I took pictures of a home visit with my state phone on a Friday evening. When must they be off the phone?",
        "By the end of the next working day, which is Monday unless it is a holiday. Move them to the case file first.",
    ),
    Asked(
        "5005",
        "iii-e",
        "My state phone went missing on Saturday, but I think it is just at my sister's house. Should I wait?",
        "No. Call IT Security within an hour after you notice. They can lock it from afar and open it again when you "
        "have found it.",
    ),
    Asked(
        "1021",
        "staying-informed",
        "How will I know that a policy has changed? I do not read every newsletter.",
        "When a policy that concerns you changes, this portal shows you what is new and asks you to acknowledge it.",
    ),
    Asked(
        "1040",
        "ii",
        "A reporter I went to school with wrote to me privately about our waiting times. May I answer as a friend?",
        "Please do not. It is a media question even between friends. Pass it on to OCCE, and tell your friend so.",
    ),
)
