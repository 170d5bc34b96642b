// Only browsers without JavaScript modules run this file, so it is written for them.
(function () {
  var place = document.getElementById("boot-message");
  if (place) {
    place.textContent = "This browser is too old for this page. Please use a current one.";
  }
})();
