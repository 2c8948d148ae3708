"""The portal's addresses, and the bare view's as one of them."""

from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from bench import bare

urlpatterns = [path(bare.VIEW_PATH.lstrip("/"), csrf_exempt(bare.save)), path("", include("alliance_portal.urls"))]
