// Runs before anything is painted: whoever has chosen a scheme never sees the other one for a moment.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('anyforge.color-scheme');
  } catch {
    // The browser keeps nothing: the system decides.
  }
  var isDark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
})();
