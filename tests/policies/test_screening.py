"""What nobody may write down here: the words people really type, on both sides of the line."""

import pytest

from policies.screening import holds_no_login, identifies_no_client, may_be_stored
from tests.policies.sentences import SENTENCES

LOGIN = "Do not enter a username, password or login here (II(B)(1); Ark. Code 11-2-124)."
CLIENT = "Remove names, numbers and case details. Describe what happened without identifying the client."

AFTER_ITS_NAME = """
password: Summer2024!
My password is hunter2
the password was sunshine.
her password was sunshine and she wrote it down
Password: sunshine for facebook
password sunshine
password – sunshine
password - sunshine
Password? sunshine
The password? sunshine
password.. sunshine99
password ~ sunshine
password 12345678
password for facebook is hunter2
The password for facebook: hunter2
password (facebook): sunshine
the password she used was Tr0ub4dor
the password to the account is Tr0ub4dor&3
Her password was changed to Sunshine99
he changed password to sunshine
password has been set to Sunshine99
reset the password to Winter2024
my password's hunter2
passwords are hunter2 and Winter23
<b>password</b>: sunshine
**Password:** sunshine
pw=abc123
p/w: sunshine
The pass is “Tr0ub4dor”
account: jdoe pass: sunshine
email jdoe@gmail.com pw sunshine
username: jdoe
user: jdoe
my user name is jdoe
My username is jdoe77.
user id - erin_w77
userid=JD4821
her login is jdoe
login jdoe77/Spring#1
Login jdoe / Summer2024!
log in with jdoe and sunshine
credentials: admin1 / letmein9
creds: jdoe/sunshine
PIN: 4821-x
PIN 4821
her pin is 4821
pin#4821
passcode 123456
verification code 482913
the code is 482913
security answer: Fluffy
api key: sk-abc123def456ghi
"""
HOWEVER_SPELLED = """
ｐａｓｓｗｏｒｄ： Summer2024
pass\u200bword: Summer2024
раssword: sunshine
Рassword is sunshine
passw0rd: sunshine
pa$$word: sunshine
P@ssword is sunshine
p a s s w o r d : sunshine
pass-word: sunshine
Passwort = geheim99
la contraseña es gatito
contrasena: gatito12
mi clave es gatito12
mot de passe: chaton12
пароль: kotik12
mật khẩu: meocon12
"""
BESIDE_SOMETHING = """
erin@example.com:Hunter2!x
jdoe@gmail.com, Sunshine99
jdoe@gmail.com - Sunshine99
jdoe@gmail.com Sunshine99
jdoe@gmail.com:sunshine
jdoe/Summer2024!
https://erin:secret@example.com/feed
https://example.com/login?user=jdoe&password=sunshine
Use “sunshine” as the password
'Sunshine99' is the password
sunshine is the password
Hunter22_password.png
password_Hunter22.png
"""
LOGINS = [line for text in (AFTER_ITS_NAME, HOWEVER_SPELLED, BESIDE_SOMETHING) for line in text.strip().splitlines()]

NUMBERS = """
SSN 123-45-6789
123 45 6789
123.45.6789
123/45/6789
123_45_6789
123·45·6789
123-45-6789-
-123-45-6789
123 -- 45 -- 6789
it said 123456789
987654321
123456789/Jane
SSN:123456789.
SSN 123-456789
SSN 123 456 789
ssn=123456789
ssn_123456789
https://example.com/?ssn=123456789
social security number 123456789, she said
SS# 123-45-6789
xxx-xx-6789
１２３－４５－６７８９
123–45–6789
12\u200b3-45-6789
"""


@pytest.mark.parametrize(
    "typed", [*LOGINS, "user:\njdoe", "Username:\njdoe\nPassword:\nhunter2", "password\nSummer2024"]
)
def test_a_login_is_stopped_however_it_is_written(typed: str) -> None:
    decision = holds_no_login(typed)
    assert not decision
    assert getattr(decision, "reason", "") == LOGIN


@pytest.mark.parametrize(
    "typed", [*NUMBERS.strip().splitlines(), "123\t45\t6789", "123-\t45-6789", "123\u00a045\u00a06789"]
)
def test_a_number_shaped_like_an_ssn_is_stopped(typed: str) -> None:
    decision = identifies_no_client(typed)
    assert not decision
    assert getattr(decision, "reason", "") == CLIENT


@pytest.mark.parametrize("typed", SENTENCES)
def test_what_reports_say_about_logins_posts_and_numbers_is_let_through(typed: str) -> None:
    assert may_be_stored(typed)


def test_the_sentences_let_through_are_many_and_stay_so_in_one_text() -> None:
    assert len(set(SENTENCES)) >= 150
    assert may_be_stored("\n".join(SENTENCES))


@pytest.mark.parametrize("typed", ["", "501-682-1001", "post 10161234567890123", "123-456-7890", "12345678"])
def test_other_numbers_are_fine(typed: str) -> None:
    assert identifies_no_client(typed)


def test_the_login_is_named_first_where_both_are_there() -> None:
    assert getattr(may_be_stored("password: Summer24! for 123-45-6789"), "reason", "") == LOGIN
