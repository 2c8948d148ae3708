from modeltranslation.translator import TranslationOptions, register

from assessments import models


@register(models.Questionnaire)
class QuestionnaireTranslation(TranslationOptions):
    fields = ("title",)


@register(models.Section)
class SectionTranslation(TranslationOptions):
    fields = ("title", "description")


@register(models.Question)
class QuestionTranslation(TranslationOptions):
    fields = ("label", "hint", "constraint_message", "evidence_note")


@register([models.Choice, models.Column])
class LabelTranslation(TranslationOptions):
    fields = ("label",)


@register(models.LegalNote)
class LegalNoteTranslation(TranslationOptions):
    fields = ("note", "law", "article")


@register(models.Campaign)
class CampaignTranslation(TranslationOptions):
    fields = ("name",)
