"""The articles, the glossary and their sources, and the search over them."""
