#!/usr/bin/env python3
"""Makes "Epilepsy in Schools Network - response to call for views.eml" beside this file:
a covering note with signature and automatic disclaimer, and the response itself as a Word attachment.
Then: samples/make.sh 'samples/source/Epilepsy in Schools Network - response to call for views.eml' (copies it).
Needs pandoc and LibreOffice. Passage identities follow the bytes: the .docx differs a little with each run."""
import pathlib, subprocess, tempfile
from email.message import EmailMessage
from email.policy import SMTP

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE / "Epilepsy in Schools Network - response to call for views.eml"
ATTACHED = "EiSN response to SEND and AP plan.docx"

NOTE = """\
Dear Rhian,

Please find attached the Network's response, with apologies that it comes on the last morning. Two of our nurses were on leave and I wanted them to see the section on health before it went.

We have not used your five headings as three of them are outside our experience. If it is easier for whoever is doing the reading, the short version is: hold the NHS to its part, and tell us who is accountable when nobody does it.

You asked on the telephone whether the Network has a view about alternative provision. We don't, beyond the sentence in the attachment.

Happy to talk. I am in the office on Tuesdays and Thursdays.

With best wishes,

Gwen

--
Gwen Tallis-Moore
Coordinator, Epilepsy in Schools Network
Unit 6, Old Maltings, Harbour Road, Westing WQ1 9ZZ
Tel. 01632 960417 | gwen.tallis-moore@epilepsyinschools.example
www.epilepsyinschools.example | Purple Week is 20-24 May: ask your school to join in!

________________________________
This email and any attachment are confidential and intended solely for the use of the individual to whom they are addressed. If you are not the intended recipient you must not copy, disclose or rely on its contents; please delete it and tell the sender. The contents will not, of themselves, be regarded as binding on the Epilepsy in Schools Network. Although this message has been scanned for viruses, no liability is accepted for any damage it may cause. Please consider the environment before printing.
"""

RESPONSE = """\
---
title: "SEND and alternative provision improvement plan: response of the Epilepsy in Schools Network"
author: "Epilepsy in Schools Network"
date: "12 May 2023"
---

## The Network

The Epilepsy in Schools Network links specialist nurses, school staff and parents in some sixty local areas. We write care plans, teach people what to do in a seizure and, increasingly, explain to one public body what another has agreed to. About half the pupils we support are on no SEN register whatever. The rest range from those who need some allowance after a bad night to those with profound learning disabilities.

## Where is the NHS?

We read the plan twice in search of new duties on health and did not find many. Education ministers can ask integrated care boards to take part in the local SEND and AP partnerships, and no doubt most will send somebody. Attending is not the same as providing. A council which fails to arrange what is written in a plan can be taken to court under section 42 of the Children and Families Act 2014; the corresponding health duty is in the same section, yet it is invoked so rarely that several commissioners we spoke to did not know of it.

The new standards could change this and for that reason we are in favour of them. We should be much less enthusiastic if they turned out to be standards for schools with an appendix on health. They need to oblige every integrated care board to commission enough epilepsy nurse time for each pupil who has rescue medication to have a care plan signed by a clinician, reviewed yearly, and shared with the school before term begins. The Department of Health and Social Care should put its name to that by April 2024.

We have seen the view expressed elsewhere that schools ought to fill the gap by training their own staff. Up to a point they should, and section 100 of the Act already requires them to support pupils with medical conditions. But a teaching assistant cannot prescribe, and it is neither fair nor safe to write plans as if she could.

## Who answers for it?

If there is a single thought we would leave with officials it is this one. The inspection framework which Ofsted and the Care Quality Commission brought in from January 2023 looks at an area as a whole, and in our judgement it is an improvement. Inclusion dashboards, if they are kept up to date, will allow parents to see how their own area is doing. Local inclusion plans will say what was intended. What is still missing is a consequence. An area can be found wanting in 2023, and again in 2026, without any named person having had to explain themselves.

We recommend that each partnership names one accountable officer for education and one for health, that both answer to the Secretary of State for the local inclusion plan, and that the dashboard carries a line on health advice delivered within the six weeks the regulations allow. The last of these would cost next to nothing. Late medical advice is one reason, though certainly not the only one, why 40 per cent of applications run past the statutory limit (DfE, 2022).

## Other matters

The pace of the plan did not strike us as unreasonable for legislation and rather slow for everything else; we would leave it there. A digital plan which the ambulance service could open would be a real advance. Multi-agency panels may bring a doctor's voice in earlier, provided they meet weekly and do not become a reason to wait for the next meeting.

We have no position on tailored lists, funding tariffs or mediation. On alternative provision, one remark: pupils have been excluded for behaviour that was, on the nurse's reading, a seizure, and whoever runs the outreach tier should know what one looks like.

*This response may be published.*
"""

with tempfile.TemporaryDirectory() as d:
    d = pathlib.Path(d)
    (d / "r.md").write_text(RESPONSE, encoding="utf-8")
    subprocess.run(["pandoc", "r.md", "-f", "markdown", "-t", "odt", "-o", "r.odt"], cwd=d, check=True)
    subprocess.run(["soffice", f"-env:UserInstallation=file://{d}/profile", "--headless", "--convert-to",
                    "docx:MS Word 2007 XML", "r.odt"], cwd=d, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    docx = (d / "r.docx").read_bytes()

m = EmailMessage(policy=SMTP)
m["From"] = "Gwen Tallis-Moore <gwen.tallis-moore@epilepsyinschools.example>"
m["To"] = "Rhian Oakes <responses@inclusive-ed.example>"
m["Cc"] = "committee@epilepsyinschools.example"
m["Date"] = "Fri, 12 May 2023 09:47:12 +0100"
m["Subject"] = "Response to call for views: SEND and AP plan"
m["Message-ID"] = "<20230512084712.4417@epilepsyinschools.example>"
m.set_content(NOTE, cte="quoted-printable")
m.add_attachment(docx, maintype="application", filename=ATTACHED,
                 subtype="vnd.openxmlformats-officedocument.wordprocessingml.document")
m.set_boundary("=_eisn_20230512")
OUT.write_bytes(bytes(m))
print("made", OUT.name, len(RESPONSE.split()), "words attached,", len(NOTE.split()), "in the note")
