from django.urls import path

from alliance_portal.gallery import gallery
from alliance_portal.urls import urlpatterns as of_the_portal

urlpatterns = [path("gallery/", gallery), *of_the_portal]
