"""Bills section by section, and what BILLSTATUS says of them; XML that is made to harm."""

# ruff: noqa: E501 - line ends in XML are text

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inchorus.errors import InputError
from read.conftest import Read

USLM = """<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/css" href="uslm.css"?>
<bill xmlns="http://schemas.gpo.gov/xml/uslm" xmlns:dc="http://purl.org/dc/elements/1.1/" xml:lang="en">
<!--Disclaimer--> <meta><dc:title>998 HR 1010 RH: To close the bridge.</dc:title><docNumber>1010</docNumber>
<citableAs>998hr1010rh</citableAs><docStage>Reported in House</docStage><currentChamber>HOUSE</currentChamber>
<dc:creator>United States House of Representatives</dc:creator><processedDate>2031-09-09</processedDate></meta>
<preface><slugLine>•HR 1010 RH</slugLine><currentChamber value="HOUSE">IN THE HOUSE OF REPRESENTATIVES</currentChamber>
<action><date date="2029-02-06"><inline class="smallCaps">February </inline>6, 2029</date><actionDescription>
<sponsor bioGuideId="X001066">Ms. <inline class="smallCaps">Lovelace</inline> of Florida</sponsor> (for herself,
<cosponsor bioGuideId="X001300">Mr. <inline class="smallCaps">Babbage</inline></cosponsor>) introduced the following
bill; which was referred to the <committee committeeId="HIF00">Committee on Bridges</committee></actionDescription></action>
<action><date><inline class="smallCaps">May </inline>10, 2029</date><actionDescription>Reported</actionDescription></action>
</preface><main styleType="OLC"><longTitle><docTitle>A BILL</docTitle><officialTitle>To close the bridge.</officialTitle>
</longTitle><enactingFormula><i>Be it enacted by the Senate and House of Representatives</i></enactingFormula>
<section identifier="/us/bill/998/hr/1010/s1"><num value="1">SECTION 1. </num><heading>SHORT TITLE.</heading>
<content class="block">This Act may be cited as the “Bridge Act” (<ref href="/us/fr/83/3">83 Fed. Reg. 3</ref>).</content></section>
<title><num value="I">TITLE I—</num><heading>FERRIES</heading>
<section><num value="101">SEC. 101. </num><heading>FERRIES.</heading><subsection><num>(a) </num><heading>In General</heading>
<chapeau>The Secretary shall—</chapeau><paragraph><num>(1)</num><content>run ferries; and</content></paragraph>
<paragraph><num>(2)</num><content>amend the law as follows:<quotedContent><section><num>“SEC. 7.</num><content>Ferries
run.”</content></section></quotedContent></content></paragraph></subsection></section></title>
</main><endorsement><action><date date="2029-05-10">May 10, 2029</date></action></endorsement></bill>"""
OLD = """<?xml version="1.0"?>
<?xml-stylesheet type="text/xsl" href="billres.xsl"?>
<!DOCTYPE resolution PUBLIC "-//US Congress//DTDs/res.dtd//EN" "res.dtd">
<resolution resolution-stage="Introduced-in-Senate" dms-id="A1" public-private="public" resolution-type="senate-resolution">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dublinCore><dc:title>998 SRES 7 IS: Honoring ferries.</dc:title>
<dc:date>2029-03-01</dc:date></dublinCore></metadata>
<form><congress>998th CONGRESS</congress><session>1st Session</session><legis-num>S. RES. 7</legis-num>
<current-chamber>IN THE SENATE OF THE UNITED STATES</current-chamber>
<action><action-date date="20290302">March 2, 2029</action-date><action-desc><sponsor name-id="S777">Mr. Byron</sponsor>
(for himself and <cosponsor name-id="S778">Ms. Shelley</cosponsor>) submitted</action-desc></action>
<official-title>Honoring ferries&mdash;all of them.</official-title></form>
<preamble><whereas><text>Whereas ferries run&nbsp;daily;</text></whereas><whereas><text>Whereas they are old: Now</text></whereas>
</preamble><resolution-body><section display-inline="yes-display-inline"><enum/><text>That the Senate honors
<deleted-phrase>all</deleted-phrase> ferries.</text></section><section><enum>2.</enum><header>Copies</header>
<subsection><enum>(a)</enum><header>To whom</header><text>A copy goes to the crew.</text></subsection></section>
</resolution-body></resolution>"""
STATUS = """<?xml version="1.0" encoding="utf-8" standalone="no"?><billStatus><version>3.0.0</version><bill><number>1010</number>
<type>HR</type><introducedDate>2029-02-06</introducedDate><congress>998</congress><title>Bridge Act</title>
<relatedBills><item><title>Same</title><congress>998</congress><number>305</number><type>S</type><latestAction>
<actionDate>2029-01-13</actionDate><text>Referred.</text></latestAction><relationshipDetails><item><type>Identical bill</type>
<identifiedBy>CRS</identifiedBy></item></relationshipDetails></item></relatedBills>
<sponsors><item><bioguideId>X001066</bioguideId><fullName>Rep. Lovelace, Ada [D-FL-14]</fullName></item></sponsors>
<cosponsors><item><bioguideId>X001300</bioguideId><fullName>Rep. Babbage, Charles [R-OH-1]</fullName></item></cosponsors>
<summaries><summary><versionCode>00</versionCode><actionDate>2029-02-06</actionDate><actionDesc>Introduced in House</actionDesc>
<updateDate>2029-03-01T00:00:00Z</updateDate><text><![CDATA[<p><b>Bridge Act</b></p><p>This bill closes the bridge.</p>]]></text>
</summary></summaries><textVersions><item><type>Introduced in House</type><date>2029-02-06T05:00:00Z</date></item></textVersions>
</bill></billStatus>"""
OLD_STATUS = """<billStatus><bill><billNumber>7</billNumber><billType>SRES</billType><congress>998</congress><relatedBills/>
<sponsors><item><fullName>Sen. Byron, G. [D-MD]</fullName></item></sponsors><summaries><billSummaries><item><name>Introduced</name>
<actionDate>2029-03-02</actionDate><text>&lt;p&gt;Honors ferries.&lt;/p&gt;</text></item></billSummaries></summaries></bill></billStatus>"""


def as_list(value: object) -> object:
    return json.loads(value) if isinstance(value, str) else value


def test_a_bill_is_read_section_by_section(read: Read, folder: Path) -> None:
    (folder / "BILLS-998hr1010rh.xml").write_text(USLM)
    one, two = read(*folder.iterdir()).table.sort_by("doc_id").to_pylist()
    assert (one["section"], one["heading"], two["section"], two["heading"]) == ("1", "SHORT TITLE.", "101", "FERRIES.")
    assert one["text"].split("\n") == [
        "SECTION 1. SHORT TITLE.",
        "This Act may be cited as the “Bridge Act” (83 Fed. Reg. 3).",
    ]
    assert two["text"].split("\n") == [
        "SEC. 101. FERRIES.",
        "(a) In General",
        "The Secretary shall—",
        "(1) run ferries; and",
        "(2) amend the law as follows:",
        "“SEC. 7. Ferries run.”",
    ]
    for found in (one, two):
        assert (found["source"], found["sponsor_id"]) == ("Ms. Lovelace of Florida", "X001066")
        assert (found["bill"], found["version"], found["title"]) == ("998hr1010", "rh", "To close the bridge.")
        assert (str(found["time"])[:10], found["time_precision"]) == ("2029-05-10", "day")
        assert as_list(found["cosponsors"]) == ["Mr. Babbage"]


AMENDS = """<?xml version="1.0" encoding="UTF-8"?><engrossedAmendment xmlns="http://schemas.gpo.gov/xml/uslm"
xmlns:dc="http://purl.org/dc/elements/1.1/" styleType="OLC"><amendMeta><dc:title>AMENDMENTS to 998 HR 1010</dc:title>
<docStage>Engrossed Amendment Senate</docStage><citableAs>998hr1010eas2</citableAs></amendMeta><amendPreface>
<currentChamber value="SENATE">In the Senate of the United States,</currentChamber><action><date date="2029-12-20">December
20, 2029.</date></action></amendPreface><amendMain> <resolvingClause><i>Resolved, </i></resolvingClause><section
class="inline"><content>That the Senate recede from its amendment.</content></section><amendmentInstruction><content>Strike
out all after the enacting clause and insert:<amendmentContent><title><num value="I">TITLE I</num><section><num
value="1">SEC. 1. </num><heading>FERRIES.</heading><content>Ferries run.</content></section></title></amendmentContent>
</content></amendmentInstruction></amendMain></engrossedAmendment>"""


def test_an_amendment_of_a_chamber_is_read(read: Read, folder: Path) -> None:
    (folder / "BILLS-998hr1010eas2.xml").write_text(AMENDS)
    found = read(folder / "BILLS-998hr1010eas2.xml").table.sort_by("doc_id").to_pylist()
    assert [(d["section"], d["text"]) for d in found] == [
        (None, "Resolved,"),
        (None, "That the Senate recede from its amendment."),
        (None, "Strike out all after the enacting clause and insert:"),
        ("1", "SEC. 1. FERRIES.\nFerries run."),
    ]
    assert {(d["source"], d["bill"], d["version"], str(d["time"])[:10]) for d in found} == {
        ("Senate", "998hr1010", "eas2", "2029-12-20")
    }


def test_what_the_status_beside_it_says_is_taken(read: Read, folder: Path) -> None:
    (folder / "BILLS-998hr1010rh.xml").write_text(USLM)
    (folder / "BILLSTATUS-998hr1010.xml").write_text(STATUS)
    found = read(*folder.iterdir()).table.to_pylist()
    sections = [d for d in found if d["section"]]
    assert {d["source"] for d in sections} == {"Rep. Lovelace, Ada [D-FL-14]"}
    assert as_list(sections[0]["related"]) == ["998s305: Identical bill"]
    assert as_list(sections[0]["cosponsors"]) == ["Rep. Babbage, Charles [R-OH-1]"]
    (summary,) = [d for d in found if not d["section"]]
    assert (summary["source"], summary["text"]) == (
        "Congressional Research Service",
        "Bridge Act\nThis bill closes the bridge.",
    )
    assert (summary["bill"], summary["sponsor"]) == ("998hr1010", "Rep. Lovelace, Ada [D-FL-14]")
    assert as_list(summary["versions"]) == ["Introduced in House 2029-02-06"]


def test_the_older_xml_of_house_and_senate_is_read(read: Read, folder: Path) -> None:
    (folder / "a.xml").write_text(OLD)
    (folder / "status.xml").write_text(OLD_STATUS)
    found = sorted(read(*folder.iterdir()).table.to_pylist(), key=lambda d: str(d["doc_id"]))
    assert [d["text"] for d in found] == [
        "Whereas ferries run daily;\nWhereas they are old: Now",
        "That the Senate honors ferries.",
        "2. Copies\n(a) To whom\nA copy goes to the crew.",
        "Honors ferries.",
    ]
    assert [d["section"] for d in found] == [None, None, "2", None]
    assert [d["source"] for d in found] == ["Mr. Byron"] * 3 + ["Congressional Research Service"]
    assert (found[0]["bill"], found[0]["version"], str(found[0]["time"])[:10]) == ("998sres7", "is", "2029-03-02")
    assert found[0]["title"] == "Honoring ferries—all of them."


AMENDED = """<billStatus><bill><amendments><amendment><number>1</number><congress>998</congress><type>SAMDT</type>
<sponsors><item><bioguideId>X9</bioguideId><fullName>Sen. Keats, John [R-VT]</fullName></item></sponsors>
<cosponsors><item><fullName>Sen. Clare, John [D-ME]</fullName></item></cosponsors>
<textVersions><item><type>Submitted</type><date>2029-05-01T05:00:00Z</date></item></textVersions></amendment></amendments>
<billNumber>7</billNumber><billType>SRES</billType><congress>998</congress>
<cosponsors><item><fullName>Sen. Shelley, M. [D-NY]</fullName><sponsorshipWithdrawnDate /></item>
<item><fullName>Sen. Hunt, L. [D-CT]</fullName><sponsorshipWithdrawnDate>2029-04-01</sponsorshipWithdrawnDate></item></cosponsors>
<relatedBills><item><congress>998</congress><number>9</number><type>H.R.</type><relationshipDetails><item><type>Related bill
</type></item></relationshipDetails></item></relatedBills>
<sponsors><item><bioguideId>X1</bioguideId><fullName>Sen. Byron, G. [D-MD]</fullName></item></sponsors>
<summaries><billSummaries><item><actionDate>2029-03-02</actionDate><text>Honors ferries.</text></item></billSummaries>
</summaries></bill></billStatus>"""


def test_who_brought_in_an_amendment_is_no_sponsor_of_the_bill(read: Read, folder: Path) -> None:
    (folder / "BILLSTATUS-998sres7.xml").write_text(AMENDED)
    (summary,) = read(folder / "BILLSTATUS-998sres7.xml").table.to_pylist()
    assert (summary["sponsor"], summary["sponsor_id"]) == ("Sen. Byron, G. [D-MD]", "X1")
    assert as_list(summary["cosponsors"]) == ["Sen. Shelley, M. [D-NY]"]
    assert as_list(summary["related"]) == ["998hr9: Related bill"]
    assert "versions" not in summary  # those of the amendment are not its own


def test_entities_bombs_and_depth_are_refused(read: Read, folder: Path) -> None:
    (folder / "secret").write_text("secret")
    start = '<?xml version="1.0"?><!DOCTYPE bill [{}]><bill bill-stage="x"><legis-body><section><text>{}</text></section></legis-body></bill>'
    bomb = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    for number, (dtd, text) in enumerate(
        [
            (bomb, "&i;"),
            (f'<!ENTITY x SYSTEM "{(folder / "secret").as_uri()}">', "&x;"),
            ("", "<p>" * 400 + "</p>" * 400),
        ]
    ):
        path = folder / f"{number}.xml"
        path.write_text(start.format(dtd, text))
        with pytest.raises(InputError, match=r"xml: (XML that defines entities of its own|broken XML)"):
            read(path)


def test_other_xml_is_left_alone(read: Read, folder: Path) -> None:
    (folder / "feed.xml").write_text("<?xml version='1.0'?><rss><channel><title>News</title></channel></rss>")
    with pytest.raises(InputError, match=r"feed\.xml"):
        read(folder / "feed.xml")
    (folder / "empty.xml").write_text('<bill bill-stage="x"><form/></bill>')
    with pytest.raises(InputError, match=r"empty\.xml: a bill without a body"):
        read(folder / "empty.xml")


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.sampled_from([USLM, OLD, STATUS, OLD_STATUS]),
    at=st.integers(0, 4000),
    put=st.sampled_from(["", "<section>", "</section>", "&bogus;", "<!--", "\x00", "<num/>", "é"]),
    cut=st.integers(0, 200),
)
def test_no_foreign_error_and_no_row_lost(read: Read, folder: Path, content: str, at: int, put: str, cut: int) -> None:
    at = at % len(content)
    (folder / "a.xml").write_text(content[: max(at - cut, 0)] + put + content[at:])
    for format in ("bill", "billstatus"):
        try:
            found = read(folder / "a.xml", bad_rows="skip", bad_times="null", format=format)
        except InputError:
            continue
        assert found.n_rows == found.table.num_rows + found.skipped.n + found.n_empty + sum(found.passed.values())
