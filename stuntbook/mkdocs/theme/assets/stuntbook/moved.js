// From the address at which a page stood before to its own, with the anchor that was asked for.
location.replace(document.currentScript.dataset.way + location.hash);
