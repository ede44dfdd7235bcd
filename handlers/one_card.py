"""One mail makes one card in the staff group, and says once that it was passed on."""

from dataclasses import replace

from core.notices import ComplaintNoted, CustomerSays, Notice, PassedOn
from handlers import questions
from handlers.incoming import Answer


def of_mail(answer: Answer, text: str) -> Answer:
    """What several parts of it gave the staff to read is the whole mail, its sentences in their order."""
    says = [notice for notice in answer.notices if isinstance(notice, CustomerSays)]
    passed = [notice for notice in answer.notices if isinstance(notice, PassedOn)]
    if len(says) < 2 and (len(passed) < 2 and not (passed and says and _is_said(answer.notices))):
        return answer
    notices = [notice for notice in answer.notices if notice not in says[1:] and notice not in passed]
    if says:
        notices[notices.index(says[0])] = _whole(says, text)
    if passed and not _is_said(answer.notices):
        notices.append(next((one for one in passed if one.rest), passed[0]))
    return replace(answer, notices=tuple(notices))


def _is_said(notices: tuple[Notice, ...]) -> bool:
    return any(isinstance(notice, ComplaintNoted) for notice in notices)


def _whole(says: list[CustomerSays], text: str) -> CustomerSays:
    told = next((one for one in says if one.order or one.case), says[0])
    photos = tuple(dict.fromkeys(photo for one in says for photo in one.photos))
    words = text[: questions.LONGEST] if len(says) > 1 else told.text
    return replace(told, text=words or told.text, photos=photos)
