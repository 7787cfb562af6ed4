// Its host must say what is missing, and end.
require("no-such-module-xyz");
