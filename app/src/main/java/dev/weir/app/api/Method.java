package dev.weir.app.api;

/** The methods that routes answer. */
enum Method {
  GET,
  POST,
  PATCH,
  DELETE;

  boolean writes() {
    return this != GET;
  }
}
