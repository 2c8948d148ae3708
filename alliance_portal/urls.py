from django.conf import settings
from django.urls import include, path

from alliance_portal import offline, start
from alliance_portal.gallery import gallery
from suppliers.views.profile import set_language

urlpatterns = [
    path("", start.landing, name="landing"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("offline/", offline.offline_page, name="offline"),
    path("home/", start.home, name="home"),
    path("language/", set_language, name="set_language"),
    path("account/", include("allauth.account.urls")),
    path("", include("suppliers.urls")),
    path("", include("assessments.urls")),
    path("", include("reports.urls")),
]

if settings.DEBUG:
    urlpatterns += [path("gallery/", gallery, name="gallery")]
