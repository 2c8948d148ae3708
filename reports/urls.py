from django.urls import path

from reports.views import exports, prints, scorecards

app_name = "reports"

_PAPER, _VERSION_PAPER = "assessments/<slug:code>/paper/", "program/questionnaires/<int:version>/paper/"
_SUBMISSION = "assessments/<slug:code>/submissions/<int:number>/scorecards/"

urlpatterns = [
    path(_SUBMISSION, scorecards.scorecards, name="scorecards"),
    path(f"{_SUBMISSION}<slug:language>/cancel/", scorecards.cancel, name="cancel_scorecard"),
    path(f"{_SUBMISSION}<slug:language>/scorecard.pdf", scorecards.download, name="download_scorecard"),
    path(_PAPER, prints.paper, name="paper"),
    path(f"{_PAPER}<int:pk>/questionnaire.pdf", prints.download, name="download_print"),
    path(f"{_PAPER}<int:pk>/cancel/", prints.cancel, name="cancel_print"),
    path(_VERSION_PAPER, prints.version_paper, name="version_paper"),
    path(f"{_VERSION_PAPER}<int:pk>/questionnaire.pdf", prints.version_download, name="download_version_print"),
    path("program/campaigns/<slug:code>/exports/", exports.campaign_exports, name="campaign_exports"),
    path("brands/<slug:code>/exports/<slug:campaign>/", exports.brand_exports, name="brand_exports"),
    path("exports/<int:pk>/file/", exports.download, name="download_export"),
    path("exports/<int:pk>/cancel/", exports.cancel, name="cancel_export"),
    path(f"{_VERSION_PAPER}<int:pk>/cancel/", prints.version_cancel, name="cancel_version_print"),
]
