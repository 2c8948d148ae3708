from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("account/", include("allauth.account.urls")),
    path("", include("suppliers.urls")),
    path("", include("assessments.urls")),
    path("", include("reports.urls")),
]
