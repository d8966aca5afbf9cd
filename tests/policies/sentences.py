"""What employees write in reports, none of which gives a login away or identifies a client."""

ABOUT_LOGINS = """
My supervisor asked for my password.
My supervisor required me to give my Facebook password.
He asked for my username and password for Instagram.
They asked for: my Facebook login, my password and my PIN.
She wanted my password, again.
She wanted my login – I refused.
I gave my password - a mistake.
He asked "what is your password?" and I said no.
I told him my password is nobody's business.
She told me my password is hers to know.
My boss said the password is company property.
He said the password is none of my business.
I do not know what the password is.
A coworker shared a client's password in the group chat.
The password was visible on the screen in the picture.
The password is still on the sticky note in the photo.
The password was wrong, so nobody got in.
The password is on the whiteboard behind her.
The password was on Facebook.
The password was for TikTok.
The password is from 2019.
The password is 8 characters long.
The password was changed on 3/2/2026.
The password was Maria's birthday.
The password was her dog's name.
The password is company-wide.
The password is on page 2.
The password is common knowledge.
The password is stored in Chrome.
The password LastPass suggested was shown.
The password for YouTube was asked for.
The password for the shared drive was emailed around.
The password for the group account is known to ten people.
The password policy says 12 characters.
The password reset e-mail went to jane@dhs.arkansas.gov.
The password field in MyChart was empty.
Password manager LastPass was open on the screen.
Password protected file was posted on LinkedIn.
Password policy 4002
Password again.
Password: not visible
Password: none
Password: n/a
Password: redacted
Password: [removed]
Password: ****
Password: see photo.
Password: clients could read it.
Password - blurred
Passwords: two were readable.
Passwords, names and addresses were visible.
Requested: username, password, friend request.
He changed the password to lock her out.
I changed my password to be safe.
I set the password to expire.
They reset the password to the portal.
He gave the password to Maria.
What is the password was the question asked.
The wi-fi key is on the router.
Someone wrote the password on a Post-it.
The PIN pad is visible in the photo.
PIN numbers could be seen.
The pin was 4 digits.
The pin on the board was crooked.
The pin is a DHS logo.
She wore a pin with the agency's seal.
The passcode is the building's.
Passcode lock was off on the phone.
Please pass along: the post is still up.
Please pass this on: it matters.
The bus pass: it showed the client's photo.
His pass to the building was visible.
The pass/fail list of trainees was posted.
Username: unknown
Username: not known.
User name: I do not know
Username and password were both in the photo.
The username was ArkansasDHSHelp.
The account's user name is ARDHS_Official.
The user name is DHS-Benefits-Help.
The fake page's username: ArkansasDHSHelp
The fake account used the username DHSArkansas.
The account user name on TikTok was arkansasdhs.
The username is a client's full name.
The username was an employee's nickname.
The user name was obscene.
My username is public.
My user ID is my DHS e-mail address.
His user name is visible in the picture.
User: unknown
Users: clients and staff
The user's name was tagged.
Login: unknown
Login: see attached
Log-in: not possible since Monday.
Login attempts
Login failed twice.
Her last login was Tuesday.
Her login screen for ANSWER2 was visible.
The login to eDHS was shown.
He asked for my login for iCloud.
The login e-mail is my DHS address.
The login for the TikTok account uses a DHS e-mail.
My supervisor said "log in or go home".
He told me to log in with Facebook and Google.
Employees log in with a badge and pin.
A photo of the login was posted at 9:15 PM.
The credentials were used by a former employee.
The credentials were Maria's.
His credentials: licensed social worker.
Her credentials (RN, BSN) were listed.
Her credentials are LCSW and MSW.
Credentials: RN/BSN
The access code was visible.
The zip code is 72201.
It is no secret: everyone knew.
La contraseña es la misma.
"""

ABOUT_POSTS = """
https://www.tiktok.com/@someone/video/7291234567890123456
https://www.youtube.com/@someone
https://www.threads.net/@someone/post/C4abc123def
https://medium.com/@someone/title-of-post-1a2b3c4d5e6f
https://mastodon.social/@someone/112345678901234567
https://www.google.com/maps/@36.1,-94.1,15z
https://www.facebook.com/groups/123456789/posts/987654321
https://www.facebook.com/login/?next=%2Fgroups%2F123456789
https://www.facebook.com/profile.php?id=100012345678901
https://www.instagram.com/p/Cx1AbC2dEfG/
https://x.com/user/status/1712345678901234567
https://www.linkedin.com/posts/someone_activity-7123456789012345678-AbCd
https://www.pinterest.com/pin/482913/
https://scholar.google.com/citations?user=AbC1dEfG
https://docs.google.com/document/d/1AbC-dEf_123456789/edit
I emailed jane.doe@dhs.arkansas.gov: she confirmed it.
Ask jane.doe@dhs.arkansas.gov, ext4321.
Contact jane.doe@dhs.arkansas.gov / 501-682-1001.
I emailed jane.doe@dhs.arkansas.gov, INC-1042 is attached.
I sent it to jane@gmail.com, john22@gmail.com and others.
The account is dhs_help@gmail.com: it pretends to be DHS.
The user JohnArk2024 posted it.
"""

ABOUT_NUMBERS = """
Call (501) 682-1001, +1 501 682 1001 or 1-501-682-1001 x204.
Phone 501.682.1001, fax 501/682/1001
The P.O. box is 1437, Slot S201, Little Rock, AR 72203-1437.
It happened at 10:15/10:30 on 3/2/2026.
I saw it on 2026-03-02 at 14:05:33.
It ran from 03/02/2026 to 03/05/2026.
It was seen 1,234,567 times.
12,345,678 views
Ark. Code Ann. 25-1-125 and 45 CFR 164.402.
Employee number E004821 posted it.
A list of 300 names was shown, room B204/B205.
The SSN on 3/2/2026 9:15 was visible.
SSN: xxx-xx-xxxx
A Social Security card was shown, its number covered.
Social Security office: 501-682-1001
IMG_20260302_123456.jpg
IMG_123456789.jpg
PXL_20260302_123456789.jpg
Screenshot_20260302-101500_Facebook.jpg
WhatsApp Image 2026-03-02 at 10.15.30.jpeg
password_reset_20260302.png
Screenshot2026_password.png
"""

SENTENCES = [line for text in (ABOUT_LOGINS, ABOUT_POSTS, ABOUT_NUMBERS) for line in text.strip().splitlines()]
