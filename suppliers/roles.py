"""Who may do what: the whole table of rights as data, free of Django."""

from enum import StrEnum


class Scope(StrEnum):
    FACTORY = "factory"
    BRAND = "brand"
    PROGRAM = "program"


class Role(StrEnum):
    FACTORY_CONTRIBUTOR = "factory_contributor"
    FACTORY_MANAGER = "factory_manager"
    BRAND_REVIEWER = "brand_reviewer"
    BRAND_LEAD = "brand_lead"
    PROGRAM_STAFF = "program_staff"
    PROGRAM_ADMIN = "program_admin"

    @property
    def scope(self) -> Scope:
        return Scope(self.value.split("_")[0])


class Right(StrEnum):
    SEE_FACTORY = "see_factory"
    SEE_DRAFT = "see_draft"
    EDIT_ANSWERS = "edit_answers"
    SUBMIT = "submit"
    SHARE = "share"
    SEE_SUBMISSIONS = "see_submissions"
    REVIEW = "review"
    ANSWER_REMARKS = "answer_remarks"
    COORDINATE = "coordinate"
    SEE_PEOPLE = "see_people"
    INVITE_COLLEAGUES = "invite_colleagues"
    EDIT_FACTORY = "edit_factory"
    SEE_PORTFOLIO = "see_portfolio"
    EXPORT = "export"
    RUN_CAMPAIGNS = "run_campaigns"
    MANAGE_FACTORIES = "manage_factories"
    INVITE_ANYONE = "invite_anyone"
    SEE_QUESTIONNAIRES = "see_questionnaires"
    MANAGE_QUESTIONNAIRES = "manage_questionnaires"


_CONTRIBUTOR = frozenset({Right.SEE_FACTORY, Right.SEE_DRAFT, Right.EDIT_ANSWERS, Right.SEE_SUBMISSIONS})
_MANAGER = _CONTRIBUTOR | {
    Right.SUBMIT,
    Right.SHARE,
    Right.ANSWER_REMARKS,
    Right.COORDINATE,
    Right.SEE_PEOPLE,
    Right.INVITE_COLLEAGUES,
    Right.EDIT_FACTORY,
}
_REVIEWER = frozenset({Right.SEE_FACTORY, Right.SEE_SUBMISSIONS, Right.REVIEW, Right.SEE_PORTFOLIO, Right.EXPORT})
_LEAD = _REVIEWER | {Right.SEE_PEOPLE, Right.INVITE_COLLEAGUES}
_STAFF = frozenset(
    {
        Right.SEE_FACTORY,
        Right.SEE_DRAFT,
        Right.SEE_SUBMISSIONS,
        Right.REVIEW,
        Right.SEE_PORTFOLIO,
        Right.EXPORT,
        Right.RUN_CAMPAIGNS,
        Right.MANAGE_FACTORIES,
        Right.EDIT_FACTORY,
        Right.SEE_PEOPLE,
        Right.INVITE_COLLEAGUES,
        Right.INVITE_ANYONE,
        Right.SEE_QUESTIONNAIRES,
    }
)
_ADMIN = _STAFF | {Right.MANAGE_QUESTIONNAIRES}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.FACTORY_CONTRIBUTOR: _CONTRIBUTOR,
    Role.FACTORY_MANAGER: _MANAGER,
    Role.BRAND_REVIEWER: _REVIEWER,
    Role.BRAND_LEAD: _LEAD,
    Role.PROGRAM_STAFF: _STAFF,
    Role.PROGRAM_ADMIN: _ADMIN,
}


# A brand's people hold these at their brand, and not at the factories it buys from.
AT_OWN_PLACE = frozenset({Right.SEE_PEOPLE, Right.INVITE_COLLEAGUES})


def allows(role: Role | str, right: Right) -> bool:
    return right in RIGHTS[Role(role)]


# Whom a role may invite. Nobody may hand out more than they hold.
INVITABLE: dict[Role, tuple[Role, ...]] = {
    Role.FACTORY_CONTRIBUTOR: (),
    Role.FACTORY_MANAGER: (Role.FACTORY_MANAGER, Role.FACTORY_CONTRIBUTOR),
    Role.BRAND_REVIEWER: (),
    Role.BRAND_LEAD: (Role.BRAND_LEAD, Role.BRAND_REVIEWER),
    Role.PROGRAM_STAFF: (
        Role.FACTORY_MANAGER,
        Role.FACTORY_CONTRIBUTOR,
        Role.BRAND_LEAD,
        Role.BRAND_REVIEWER,
        Role.PROGRAM_STAFF,
    ),
    Role.PROGRAM_ADMIN: tuple(Role),
}


def may_invite(role: Role | str, invited: Role | str) -> bool:
    return Role(invited) in INVITABLE[Role(role)]
