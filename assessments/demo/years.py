"""The two years of a factory in the demo world, stage by stage."""

from collections.abc import Sequence

from assessments.demo.chronicle import Chronicle
from assessments.demo.judging import Judgement, Party
from assessments.demo.stories import Calendar, Stage

# Days before today: when the campaigns opened and close.
LAST_OPENED, LAST_CLOSED = 425, 275
OPENED, CLOSES = 60, -90


def last_year(chronicle: Chronicle, calendar: Calendar, program: Party) -> None:
    """Closed with a score; or begun and never submitted."""
    story, chance = chronicle.story, chronicle.chance
    ago = chance.randrange(LAST_CLOSED + 20, LAST_OPENED - 45)
    submitted = calendar.moment(ago, chance)
    sheet = chronicle.begin(calendar.moment(ago + chance.randrange(10, 40), chance), submitted, story.quality_before)
    if story.finished:
        submission = chronicle.submit(sheet, submitted)
        judgement = Judgement(chronicle.assessment, program, calendar.moment(ago - 8, chance), chronicle.ledger)
        note = program.voice.say("accepted", chance)
        judgement.decide("accept", submission.number, calendar.moment(ago - 9, chance), note)
        chronicle.assessment.move("close")
    else:
        chronicle.leave_half_done(sheet)
    chronicle.store()


def this_year(chronicle: Chronicle, calendar: Calendar, program: Party, brands: Sequence[Party]) -> None:
    """`brands`: those that the factory shares with; where there is none, the program alone judges."""
    stage, chance = chronicle.story.stage, chronicle.chance
    if stage is Stage.NOT_BEGUN:
        return
    if stage is Stage.HALF_DONE:
        until = calendar.moment(chance.randrange(1, 9), chance)
        sheet = chronicle.begin(calendar.moment(chance.randrange(15, 50), chance), until, chronicle.story.quality)
        chronicle.leave_half_done(sheet)
    else:
        _submitted(chronicle, calendar, program, [*brands, program])
    chronicle.store()


def _submitted(chronicle: Chronicle, calendar: Calendar, program: Party, parties: Sequence[Party]) -> None:
    stage, chance = chronicle.story.stage, chronicle.chance
    ago = chance.randrange(6, 16) if stage is Stage.SUBMITTED else chance.randrange(18, 34)
    submitted = calendar.moment(ago, chance)
    started = calendar.moment(min(OPENED - 2, ago + chance.randrange(6, 24)), chance)
    sheet = chronicle.begin(started, submitted, chronicle.story.quality)
    is_doubted = stage in (Stage.RETURNED, Stage.RESUBMITTED)
    doubts = chronicle.doubtful(sheet) if is_doubted else {}
    submission = chronicle.submit(sheet, submitted)
    if stage is Stage.SUBMITTED and chronicle.story.number % 2:
        return
    looked = calendar.moment(ago - chance.randrange(3, 6), chance)
    judgement = Judgement(chronicle.assessment, parties[0], looked, chronicle.ledger)
    voice = parties[0].voice
    if is_doubted:
        judgement.ask((sheet.asked[code] for code in doubts), submission.number, looked)
        judgement.decide("request_clarification", submission.number, looked, voice.say("returned", chance))
        chronicle.assessment.move("return")
    else:
        question = sheet.asked[chance.choice(list(sheet.answers))]
        sent = None if stage is Stage.SUBMITTED else looked
        judgement.remark(question, voice.say("comments", chance), submission.number, looked, sent=sent, asks=False)
    if stage in (Stage.ACCEPTED, Stage.CLOSED):
        judgement.decide("accept", submission.number, looked, voice.say("accepted", chance))
    if stage is Stage.CLOSED:
        _close(chronicle, calendar, program, parties)
    if is_doubted:
        _answer(chronicle, calendar, judgement, ago - 8)
    if stage is Stage.RESUBMITTED:
        again = calendar.moment(chance.randrange(1, 6), chance)
        chronicle.rewrite(doubts, again)
        note = chronicle.own_voice.say("resubmitted", chance)
        chronicle.submit(chronicle.changed(sheet, doubts, again.date()), again, note)
        judgement.settle(again)


def _close(chronicle: Chronicle, calendar: Calendar, program: Party, parties: Sequence[Party]) -> None:
    """The program has the last word; where it is the only party, it has spoken already."""
    if parties[0] is not program:
        at = calendar.moment(chronicle.chance.randrange(6, 10), chronicle.chance)
        judgement = Judgement(chronicle.assessment, program, at, chronicle.ledger)
        judgement.decide("accept", 1, at, program.voice.say("accepted", chronicle.chance))
    chronicle.assessment.move("close")


def _answer(chronicle: Chronicle, calendar: Calendar, judgement: Judgement, ago: int) -> None:
    """The manager answers at the questions: all of them before submitting again, one of them while it is still out."""
    done = judgement.asked if chronicle.story.stage is Stage.RESUBMITTED else judgement.asked[:1]
    for remark in done:
        question = chronicle.instrument.questions[remark.question_code]
        judgement.answer(remark, question, chronicle.manager, calendar.moment(ago, chronicle.chance))
