from django.urls import path

from headway.partners.views import agreement, contacts, corrections, partners, resources

PEOPLE = "i/<slug:slug>/people/"
ROW = "<uuid:record_id>/"

app_name = "partners"
urlpatterns = [
    path(PEOPLE, partners.home, name="home"),
    path(f"{PEOPLE}partners.csv", partners.export, name="export"),
    path(f"{PEOPLE}new/", partners.add, name="add"),
    path(f"{PEOPLE}mine/", partners.mine, name="mine"),
    path(f"{PEOPLE}contacts/", contacts.contacts, name="contacts"),
    path(f"{PEOPLE}contacts.csv", contacts.export, name="export_contacts"),
    path(f"{PEOPLE}contacts/new/", contacts.log, name="log_contact"),
    path(f"{PEOPLE}contacts/{ROW}", contacts.contact, name="contact"),
    path(f"{PEOPLE}contacts/{ROW}edit/", contacts.edit, name="edit_contact"),
    path(f"{PEOPLE}contacts/{ROW}done/", contacts.done, name="done"),
    path(f"{PEOPLE}contacts/{ROW}withdraw/", contacts.withdraw_contact, name="withdraw_contact"),
    path(f"{PEOPLE}resources/", resources.resources, name="resources"),
    path(f"{PEOPLE}offers/new/", resources.add_offer, name="add_offer"),
    path(f"{PEOPLE}offers/{ROW}", resources.offer, name="offer"),
    path(f"{PEOPLE}offers/{ROW}edit/", resources.edit_offer, name="edit_offer"),
    path(f"{PEOPLE}offers/{ROW}answers/", resources.answer_need, name="answer_need"),
    path(f"{PEOPLE}offers/{ROW}withdraw/", resources.withdraw_offer, name="withdraw_offer"),
    path(f"{PEOPLE}needs/new/", resources.add_need, name="add_need"),
    path(f"{PEOPLE}needs/{ROW}", resources.need, name="need"),
    path(f"{PEOPLE}needs/{ROW}edit/", resources.edit_need, name="edit_need"),
    path(f"{PEOPLE}needs/{ROW}withdraw/", resources.withdraw_need, name="withdraw_need"),
    path(f"{PEOPLE}how-we-work/", agreement.agreement, name="agreement"),
    path(f"{PEOPLE}how-we-work/edit/", agreement.edit, name="edit_agreement"),
    path(f"{PEOPLE}how-we-work/compare/", agreement.compare, name="compare_agreement"),
    path(f"{PEOPLE}how-we-work/{ROW}", agreement.kept_agreement, name="kept_agreement"),
    path(f"{PEOPLE}corrections/", corrections.corrections, name="corrections"),
    path(f"{PEOPLE}corrections/new/", corrections.ask, name="ask_correction"),
    path(f"{PEOPLE}corrections/{ROW}", corrections.correction, name="correction"),
    path(f"{PEOPLE}corrections/{ROW}answer/", corrections.answer, name="answer_correction"),
    path(
        f"{PEOPLE}corrections/{ROW}withdraw/",
        corrections.withdraw_correction,
        name="withdraw_correction",
    ),
    path(f"{PEOPLE}{ROW}", partners.partner, name="partner"),
    path(f"{PEOPLE}{ROW}edit/", partners.edit, name="edit"),
    path(f"{PEOPLE}{ROW}answer/", partners.move, name="move"),
]
