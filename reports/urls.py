from django.urls import path

from reports import views

app_name = "reports"

_SUBMISSION = "assessments/<slug:code>/submissions/<int:number>/scorecards/"

urlpatterns = [
    path(_SUBMISSION, views.scorecards, name="scorecards"),
    path(f"{_SUBMISSION}<slug:language>/cancel/", views.cancel, name="cancel_scorecard"),
    path(f"{_SUBMISSION}<slug:language>/scorecard.pdf", views.download, name="download_scorecard"),
]
