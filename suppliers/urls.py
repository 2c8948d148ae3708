from django.urls import path

from suppliers.views import brands, factories, invitation, people, profile

app_name = "suppliers"

urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("hat/", profile.wear_hat, name="wear_hat"),
    path("invitation/<str:token>", invitation.invitation, name="invitation"),
    path("invitation/<str:token>/accept/", invitation.accept, name="accept_invitation"),
    path("factories/<slug:code>/people/", people.factory_people, name="factory_people"),
    path("factories/<slug:code>/edit/", factories.factory_edit, name="factory_edit"),
    path("brands/<slug:code>/people/", people.brand_people, name="brand_people"),
    path("program/people/", people.program_people, name="program_people"),
    path("people/<int:pk>/end/", people.end_membership, name="end_membership"),
    path("people/invitations/<int:pk>/renew/", people.renew, name="renew_invitation"),
    path("people/invitations/<int:pk>/revoke/", people.revoke, name="revoke_invitation"),
    path("program/factories/", factories.factory_list, name="factories"),
    path("program/factories/new/", factories.factory_new, name="factory_new"),
    path("program/brands/", brands.brand_list, name="brands"),
    path("program/brands/new/", brands.brand_new, name="brand_new"),
    path("program/brands/<slug:code>/", brands.brand_edit, name="brand_edit"),
    path("program/brands/<slug:code>/suppliers/", brands.brand_suppliers, name="brand_suppliers"),
]
