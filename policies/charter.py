"""What each clause demands, where it is written and which app carries it out."""

from dataclasses import dataclass

from policies.clauses import Clause


@dataclass(frozen=True)
class Charter:
    """One clause in plain words: what it is called, what it demands, its source and the app that is its home."""

    title: str
    demands: str
    source: str
    home: str


CHARTER: dict[Clause, Charter] = {
    Clause.I_A: Charter(
        "Accounts opened at the department's request",
        "An account that someone at DHS asked for is no personal account; who asked, and when, must be stated.",
        "Policy 1021, I(A)",
        "policies",
    ),
    Clause.I_B: Charter(
        "Accounts supplied by the department",
        "An account that DHS provides is no personal account, as long as it belongs to DHS alone.",
        "Policy 1021, I(B)",
        "policies",
    ),
    Clause.I_C: Charter(
        "Accounts that act for the department",
        "An account set up to act for DHS is no personal account; OCCE must have approved it and keep it in its "
        "register.",
        "Policy 1021, I(C)",
        "policies",
    ),
    Clause.I_D: Charter(
        "Accounts that pass as the department",
        "Nobody may use the name, logo or trademarks of DHS to pass as DHS without authorization. "
        "Such an account has none of the protection a personal account has.",
        "Policy 1021, I(D)",
        "policies",
    ),
    Clause.II_A: Charter(
        "No exposure of confidential information",
        "Confidential information never goes on social media or a public website, whoever it is about.",
        "Policy 1021, II(A)",
        "policies",
    ),
    Clause.II_A_1: Charter(
        "Meaning of a social media account",
        "Every service on which people create, share or view content counts, as do personal email and messages.",
        "Policy 1021, II(A)(1)",
        "incidents",
    ),
    Clause.II_A_2: Charter(
        "Meaning of confidential information",
        "Medical, health, personal and case information, photographs and recordings are confidential. "
        "Altering a picture changes nothing about that.",
        "Policy 1021, II(A)(2)",
        "incidents",
    ),
    Clause.II_A_3: Charter(
        "Report to the Privacy Office",
        "Every incident is reported to the Privacy Office, which alone closes it. "
        "What it finds can lead to sanctions under Policy 4002, up to dismissal.",
        "Policy 1021, II(A)(3)",
        "incidents",
    ),
    Clause.II_B: Charter(
        "No pressure about personal accounts",
        "Nobody at DHS may demand access to the personal account of an employee or applicant, "
        "ask for it, hint at it or bring it about.",
        "Policy 1021, II(B)",
        "incidents",
    ),
    Clause.II_B_1: Charter(
        "No disclosure of logins",
        "Nobody is made to give away a username or password, and none is written down anywhere in this portal.",
        "Policy 1021, II(B)(1)",
        "policies",
    ),
    Clause.II_B_2: Charter(
        "No change of privacy settings or contacts",
        "Nobody is made to change the privacy settings of a personal account, to list its contacts or to share them.",
        "Policy 1021, II(B)(2)",
        "incidents",
    ),
    Clause.II_B_3: Charter(
        "No forced contacts",
        "Nobody is made to add a supervisor, coworker or administrator to the contacts of a personal account.",
        "Policy 1021, II(B)(3)",
        "incidents",
    ),
    Clause.II_C: Charter(
        "Freedom of personal opinion",
        "A personal opinion alone is no ground for action. "
        "An action against an employee names the exception that it rests on.",
        "Policy 1021, II(C)",
        "investigations",
    ),
    Clause.II_C_1: Charter(
        "Exception for confidential information",
        "An action on this ground rests on a confirmed finding that confidential information was exposed.",
        "Policy 1021, II(C)(1)",
        "investigations",
    ),
    Clause.II_C_2: Charter(
        "Exception for posts while on duty",
        "An action on this ground states the schedule, the time of the post and the work left undone. "
        "The post is only evidence.",
        "Policy 1021, II(C)(2)",
        "investigations",
    ),
    Clause.II_D: Charter(
        "Threats and harassment while off duty",
        "Discipline needs two things together, which are information from the official role and a threat or "
        "harassment. Harassment needs more than one instance.",
        "Policy 1021, II(D)",
        "investigations",
    ),
    Clause.II_E: Charter(
        "Viewing of what is public",
        "Anyone may look at what can be seen without a login or an invitation. What is recorded must be public.",
        "Policy 1021, II(E)",
        "investigations",
    ),
    Clause.II_F: Charter(
        "No DHS email for personal accounts",
        "Personal social media accounts run on a personal email address and never on one of DHS.",
        "Policy 1021, II(F)",
        "incidents",
    ),
    Clause.II_G: Charter(
        "Credential requests by investigators",
        "Investigators may request a login only for a formal investigation to which the account is reasonably "
        "believed to matter. It serves that case or a related proceeding and nothing else.",
        "Policy 1021, II(G)",
        "credential_requests",
    ),
    Clause.II_H: Charter(
        "Logins received by accident",
        "A login that reaches DHS by accident is not used, tested or passed on. "
        "That it arrived is recorded, its value never.",
        "Policy 1021, II(H)",
        "credential_requests",
    ),
    Clause.II_I: Charter(
        "Access to social media at work",
        "Access at work needs a specific investigative purpose and the approval of each link in the chain of command.",
        "Policy 1021, II(I)",
        "access_requests",
    ),
    Clause.III_STAY: Charter(
        "Informed employees",
        "Employees know the policies in force and ask their supervisor when something is unclear. "
        "A published text stays as it is until a new version replaces it.",
        'Policy 1021, III, "Staying informed"',
        "policies",
    ),
    Clause.III_A: Charter(
        "Media questions",
        "Every question from the media goes to OCCE.",
        "Policy 1021, III(A)",
        "communications",
    ),
    Clause.III_B: Charter(
        "Official communications",
        "Only OCCE publishes on behalf of DHS, and it keeps the register of official accounts.",
        "Policy 1021, III(B)",
        "communications",
    ),
    Clause.III_C: Charter(
        "Consent of clients",
        "Content about a client is published only while a signed consent covers it. "
        "The Privacy Officer must have approved the form.",
        "Policy 1021, III(C)",
        "consent",
    ),
    Clause.III_D: Charter(
        "Consultation before outreach",
        "Divisions and offices consult OCCE while they prepare a new communication or an outreach project.",
        "Policy 1021, III(D)",
        "communications",
    ),
    Clause.L_RISK: Charter(
        "Breach risk assessment",
        "An incident counts as a breach until an exception or all four factors, each with evidence, show a low "
        "probability of compromise.",
        "45 CFR 164.402",
        "breaches",
    ),
    Clause.L_INDIVIDUALS: Charter(
        "Notice to the people affected",
        "The people affected are told within 60 calendar days after discovery. "
        "If ten or more cannot be reached, a substitute notice is given.",
        "45 CFR 164.404",
        "breaches",
    ),
    Clause.L_MEDIA: Charter(
        "Notice to the media",
        "If more than 500 residents of one state are affected, prominent media there are told as well.",
        "45 CFR 164.406",
        "breaches",
    ),
    Clause.L_HHS_LARGE: Charter(
        "Federal notice of a large breach",
        "If 500 or more people are affected, the federal health department is told together with them.",
        "45 CFR 164.408(b)",
        "breaches",
    ),
    Clause.L_HHS_SMALL: Charter(
        "Federal log of small breaches",
        "Breaches of fewer than 500 people are reported within 60 days after the end of the year of discovery.",
        "45 CFR 164.408(c)",
        "breaches",
    ),
    Clause.L_DELAY: Charter(
        "Delay for law enforcement",
        "Notices wait if law enforcement asks: in writing, for the time stated; orally, for at most 30 days.",
        "45 CFR 164.412",
        "breaches",
    ),
    Clause.L_AG: Charter(
        "Notice to the Attorney General",
        "If more than 1,000 people are affected, the Attorney General is told with them or within 45 days of the "
        "determination, whichever comes first.",
        "Ark. Code Ann. § 4-110-105",
        "breaches",
    ),
    Clause.L_AUDITOR: Charter(
        "Notice to Legislative Audit",
        "A compromise of an information system is reported within five business days and followed up until it is "
        "closed.",
        "Ark. Code Ann. § 10-4-429",
        "breaches",
    ),
    Clause.L_FTI: Charter(
        "Federal tax information",
        "An incident with federal tax information is reported within 24 hours, before any other notice goes out.",
        "IRS Publication 1075",
        "breaches",
    ),
    Clause.L_AGREEMENT: Charter(
        "Data exchange agreements",
        "Each agency whose data is involved is told within the time that its agreement sets.",
        "Agreements with SSA, CMS and other agencies",
        "breaches",
    ),
    Clause.L_SANCTION: Charter(
        "Sanctions on record",
        "Each sanction is recorded with its level and decider and compared with like cases. "
        "Whether the person is a whistle-blower is asked first.",
        "45 CFR 164.530(e)",
        "investigations",
    ),
    Clause.L_RETALIATION: Charter(
        "No retaliation",
        "Nobody suffers for having reported or taken part. An action against such a person waits for counsel.",
        "45 CFR 164.530(g); Ark. Code Ann. §§ 21-1-603, 11-2-124(c)",
        "investigations",
    ),
    Clause.L_RETENTION: Charter(
        "Retention and disposal",
        "Records are kept for six years or longer, and a legal hold comes first. "
        "Two people dispose of a record together, and a trace of it stays.",
        "45 CFR 164.530(j); Ark. Code Ann. § 4-110-105",
        "records",
    ),
    Clause.L_ESIGN: Charter(
        "Electronic signatures",
        "A signature is bound to its signer and to the exact text, and it can be printed. Paper is always offered.",
        "Ark. Code Ann. § 25-32-101 ff.",
        "consent",
    ),
}
