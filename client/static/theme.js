// Runs before the first paint. A file of its own, so that the page needs no inline script.
(function () {
  var dark = matchMedia('(prefers-color-scheme: dark)');
  function paint() {
    var wish = null;
    try {
      wish = localStorage.getItem('theme');
    } catch {
      // storage may be refused; then the system decides
    }
    if (wish !== 'light' && wish !== 'dark') wish = dark.matches ? 'dark' : 'light';
    document.documentElement.dataset.theme = wish;
  }
  paint();
  dark.addEventListener('change', paint);
  addEventListener('storage', paint);
  addEventListener('themechange', paint);
})();
