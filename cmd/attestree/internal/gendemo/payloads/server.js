// Nothing runs here: the demo image is made to be looked at.
console.error("demo-server {{.Tag}}: there is nothing to serve");
