from django import forms


class OneTimeForm(forms.Form):
    """The token goes in the body of the form: an address that is posted to holds none."""

    token = forms.CharField(max_length=100, widget=forms.HiddenInput)
