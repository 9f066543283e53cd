// What the pages need beside Blazor. Without it, everything still works by its buttons.

// The code of a sign-in link stands after # so that no server logs it. It goes into the form, and out of the address.
const form = document.querySelector('form[data-code-form]');
if (form && location.hash.length > 1) {
  form.querySelector('#secret').value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, '', location.pathname + location.search);
  form.requestSubmit();
}

// A choice that has a form of its own is sent at once.
document.addEventListener('change', event => {
  if (event.target.matches?.('[data-submits]')) event.target.form.requestSubmit();
});
document.documentElement.classList.add('has-scripts');
