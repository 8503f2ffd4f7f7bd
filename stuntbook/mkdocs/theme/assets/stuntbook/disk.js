// Read from a disk, a folder's address shows a list of files: there, links name the page in the folder.
if (location.protocol === "file:") {
  for (const link of document.querySelectorAll("a[href]")) {
    const url = new URL(link.getAttribute("href"), location);
    if (url.protocol !== "file:" || !url.pathname.endsWith("/")) continue;
    url.pathname += "index.html";
    link.setAttribute("href", url);
  }
}
