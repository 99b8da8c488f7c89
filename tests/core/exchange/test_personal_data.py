"""Personal data: what is found, what is not, and what is left after redaction."""

from __future__ import annotations

import time

import pytest

from ksbtui.core.exchange.personal_data import (
    EMAIL,
    INSURANCE,
    NAME,
    NHS,
    PHONE,
    POSTCODE,
    check,
    is_card_number,
    is_iban,
    is_nhs_number,
    redact,
)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Write to jane.o+cases@northbridge.gov.uk.", EMAIL, "jane.o+cases@northbridge.gov.uk"),
        ("Ring 020 7946 0958 today", PHONE, "020 7946 0958"),
        ("Mobile (07700) 900123", PHONE, "(07700) 900123"),
        ("+44 (0)113 496 0000", PHONE, "+44 (0)113 496 0000"),
        ("Tel:01632 960001", PHONE, "01632 960001"),
        ("NI AB 12 34 56 C given", INSURANCE, "AB 12 34 56 C"),
        ("ni ab123456c", INSURANCE, "ab123456c"),
        ("NHS 943 476 5919", NHS, "943 476 5919"),
        ("9434765919", NHS, "9434765919"),
        ("lives at SW1A 1AA", POSTCODE, "SW1A 1AA"),
        ("m1 1ae", POSTCODE, "m1 1ae"),
        ("LS14AP", POSTCODE, "LS14AP"),
        ("with RUTH  adeyemi's notes", NAME, "RUTH  adeyemi"),
    ],
)
def test_found(text: str, kind: str, found: str) -> None:
    (one,) = check([("here", text)], ["Ruth Adeyemi"])
    assert (one.where, one.kind, one.text) == ("here", kind, found)


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-23 and 01/02/2026, 09:15:00",
        "K14 S12 B3, module 6, K4 1st go",
        "943 476 5918 has a wrong check digit",
        "1111111111",
        "ref 2026-0043-771, 12345678901234",
        "sha 3f9ab45ed01a7946095812345678 and entry 3yhvk2ab",
        "@home with a handle @someone",
        "GB123456C starts like no NI number, QQ 12 34 56 C neither",
        "Ruthless Adeyemians",
        "",
    ],
)
def test_left_alone(text: str) -> None:
    assert check([("here", text)], ["Ruth Adeyemi"]) == ()
    assert redact(text, ["Ruth Adeyemi"]) == text


def test_redacting_leaves_the_rest_and_nothing_to_find() -> None:
    text = "Ruth Adeyemi (ruth@a.example, 07700 900123) of M1 1AE:\n943 476 5919"
    plain = redact(text, ["Ruth Adeyemi", "Ruth"])
    assert plain == "[name] ([e-mail address], [telephone number]) of [postcode]:\n[NHS number]"
    assert check([("", plain)], ["Ruth Adeyemi"]) == ()


def test_places_are_named_in_order() -> None:
    found = check([("a", "nothing"), ("b", ""), ("c", "a@b.example and M1 1AE"), ("d", "M1 1AE")])
    assert [(one.where, one.text) for one in found] == [
        ("c", "a@b.example"),
        ("c", "M1 1AE"),
        ("d", "M1 1AE"),
    ]


def test_a_name_may_hold_signs_of_patterns() -> None:
    assert redact("Mr (X.*) came", ["(X.*)"]) == "Mr [name] came"


def test_nhs_check_digit() -> None:
    assert is_nhs_number("401 023 2137")
    assert not is_nhs_number("401 023 2138")


def test_hostile_text_takes_no_time() -> None:
    started = time.process_time()
    for text in ("a" * 60_000 + "@", "0" * 60_000, "(0" * 30_000, "a.b@" * 20_000, "@a." * 20_000):
        check([("", text)], ["Ruth Adeyemi"])
    assert time.process_time() - started < 2


PERSONAL = """
Mrs Okafor asked for large print
Spoke to Mr J. Patel about the queue
Dr Amina Yusuf signed the form
Cllr Brown chaired the meeting
Councillor Jane Whitfield raised it
Ms O'Neil-Jones will call back
Mr and Mrs Khan came in together
Prof. David Lloyd gave the talk
mrs patel rang twice
Miss Chen's appointment was moved
Rev. Thomas Adeyemi opened the event
MR SMITH 3 COPIES
Sir Keith Barnes visited
Dr. van der Berg reviewed it with Mr de Souza
DOB 03/05/1987
Date of birth: 3 May 1987
born on 12 March 2001 in Leeds
d.o.b. 1990-11-02
He was born 21st of June 1975
DOB: 3.5.87
Birthday: July 4, 1992
sort code 12-34-56
Sort code: 204577
paid to 20-45-77
sort-code 30 96 26
Account number 12345678
a/c 8765 4321
acct no: 00112233
pay 40-47-84 12345678 today
IBAN GB29 NWBK 6016 1331 9268 19
card 4111 1111 1111 1111
5500-0000-0000-0004 was declined
Amex 378282246310005
ULN 1234567890
Unique learner number: 999 123 4567
learner ref 1098765432
lives at 12 High Street
moved to 14b Rose Lane, Leeds
Flat 3, 22 Kingston Road
visited 221B Baker St
10 St. Mary's Close
wrote to 7 Queen Elizabeth Avenue
Rose Cottage, Church Lane
Flat 4B Kingston House
12 high street, bottom bell
P.O. Box 1123
send it to SW1A 1AA
sw1a 1aa
Ls1 4ap
ls14ap is the one
EC1A1BB
GIR 0AA
BFPO 57
W1A  0AX
ring 07700 900123
+44.7700.900123
0800 123 4567
tel: 020-7946-0958
(0161) 496 0000
AB-12-34-56-C is his NI number
"""

ORDINARY = """
MS Teams call with the pilot group
Ms Teams meeting notes
Dr is the short form of disaster recovery
We miss Friday stand-ups
Google Drive: 3 Google Drive folders were shared
5 days on the road
9 calls close to the limit
12 people in the lane, 3 out
10 Ways to improve prompts
Module 6 Testing and assurance
Finished K1, K2 and S14 with B3
S3 bucket and EC2 instance
EC2 2 vCPU
A4 2nd draft
B2B and B2C customers
M365 2nd wave
Version 10.2.14 of the connector
12-05-26 was the first test
on 05-12-26 we met
2026-09-23 and 01/02/2026
09:15:00 to 10:45:30
1h30 a week over 12 weeks
Order number 1234567890
Ticket 4000123412341234 closed
Invoice 12345678 was late
Run 20260923 finished
ISO 27001 and ISO 42001
UK GDPR Article 35
Section 10 of the Equality Act 2010
Python 3.11.7 with 16 GB
GPT-4 and Llama 3 70B
Reduced errors from 80 to 23 of 176
176 enquiries, 4.5 % wrong, 2 h 10 saved
Target 420 h; 10,818 min planned
Account management and sort order explained
sorted code by date
The born-digital archive
Date of the next review: 3 May 2026
Sprint 14, story points 8
IP address 192.168.10.255
sha 3f9ab45ed01a7946
entry 3yhvk2ab and 9mxw2kq7
Mail merge for 300 letters
@home with a handle @someone
The Green Lane project plan
Park and ride survey
Way of working agreed
Open Court training session
High Street survey finished
The board asked about Road safety data
2 Power Automate flows, 1 Power App
Copilot Studio agent, 3 topics
Call 3 went well
Phone queue fell to 4 minutes
Learner feedback 8 of 10
Judge the outcome by the error rate
Insp. of the data before use
Sister company shared its template
PO box of ideas is empty
ORCID 0000-0002-1825-0097
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


def test_the_table_is_whole() -> None:
    assert len(lines(PERSONAL)) == 60
    assert len(lines(ORDINARY)) == 60


def test_ninety_five_in_a_hundred_are_found() -> None:
    missed = [line for line in lines(PERSONAL) if not check([("", line)])]
    assert len(missed) <= 3, missed


def test_at_most_three_of_sixty_ordinary_lines_are_stopped() -> None:
    alarms = {line: redact(line) for line in lines(ORDINARY) if check([("", line)])}
    assert len(alarms) <= 3, alarms


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("DOB 03/05/1987, ULN 1234567890", "DOB [date of birth], ULN [unique learner number]"),
        ("pay 40-47-84 12345678", "pay [sort code] [account number]"),
        ("Dr Amina Yusuf, 12 High Street, LS1 4AP", "[titled name], [address], [postcode]"),
        ("card 4111 1111 1111 1111 ok", "card [card number] ok"),
    ],
)
def test_only_the_personal_part_is_removed(text: str, left: str) -> None:
    assert redact(text) == left


def test_check_digits() -> None:
    assert is_card_number("4111111111111111")
    assert not is_card_number("4111111111111112")
    assert is_iban("GB29 NWBK 6016 1331 9268 19")
    assert not is_iban("GB28 NWBK 6016 1331 9268 19")
