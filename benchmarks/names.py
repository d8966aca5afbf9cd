"""What the measured pages are called, in the order they are measured and reported."""

FIRST_PAGE = "Queue, first page"
DEEP_PAGE = "Queue, page at 75 %"
FILTERED = "Queue, one severity and site"
COMBINED = "Queue, kind, severity and site"
RARE_SEARCH = "Search, rare word"
OPEN_SEARCH = "Search, rare word, open only"
MIDDLING_SEARCH = "Search, word in 1 %"
COMMON_SEARCH = "Search, word in 30 %"
HEADS_PAGE = "Queue, first page of the head"
CASE = "Case page"
OTHER_CASES = "Case page, each time another"
FILING = "Filing a report"
BARE = "A: bare signed-in view"

SEARCHES = (RARE_SEARCH, OPEN_SEARCH, MIDDLING_SEARCH, COMMON_SEARCH)
QUEUES = (FIRST_PAGE, FILTERED, HEADS_PAGE)
PAGES = (FIRST_PAGE, DEEP_PAGE, FILTERED, COMBINED, HEADS_PAGE, *SEARCHES, CASE, OTHER_CASES)

LIBRARY = "Library, first page"
DEEP_LIBRARY = "Library, page at 75 %"
COMMON_CLAUSE = "Policies, word in 50 % of the clauses"
MIDDLING_CLAUSE = "Policies, word in 1 %"
RARE_CLAUSE = "Policies, word in one clause"
TWO_WORDS = "Policies, both of these words"
POLICY = "One policy"
POLICY_PAGES = (LIBRARY, DEEP_LIBRARY, COMMON_CLAUSE, MIDDLING_CLAUSE, RARE_CLAUSE, TWO_WORDS, POLICY)

AWAITING = "What awaits a supervisor"
MINE = "My requests"
REGISTER = "Register, first page"
DEEP_REGISTER = "Register, page at 75 %"
REQUEST = "One request"
SECURITY = "Queue of IT Security"
HEADCOUNT = "Employees with access"
ACCESS_PAGES = (AWAITING, MINE, REGISTER, DEEP_REGISTER, REQUEST, SECURITY, HEADCOUNT)
FEED = "Machines read the list"
EXPIRE_SOME = "Nightly expiry, 500 run out"
EXPIRE_ALL = "Nightly expiry, all the others run out"
