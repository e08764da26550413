// @ts-check
// Starts the page at /api/docs. A file of its own, because the page allows no script but files of this server.
window.addEventListener('load', () => {
  window.SwaggerUIBundle({
    url: 'v1/openapi.json',
    dom_id: '#description',
    deepLinking: true,
    // No picture from elsewhere that judges the document.
    validatorUrl: null,
  });
});
