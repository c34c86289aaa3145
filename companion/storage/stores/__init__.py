"""One store for each noun: values of the domain in and out, inside the transaction of a unit of work."""
