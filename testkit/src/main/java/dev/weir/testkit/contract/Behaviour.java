package dev.weir.testkit.contract;

import dev.weir.model.ProbeResult;

/** How a target treats a probe, and what the probe has to make of it. */
public enum Behaviour {
  /** A good answer, as often as asked, over one connection or many. */
  ANSWERS(ProbeResult.Kind.OK),
  /** Nothing listens. */
  REFUSES(ProbeResult.Kind.REFUSED),
  /** Something listens, but its queue of new connections is full. */
  NOT_ACCEPTING(ProbeResult.Kind.CONNECT_TIMEOUT),
  /** Takes the request and says nothing. */
  SILENT(ProbeResult.Kind.TIMEOUT),
  /** Begins a good answer and sends it byte by byte, without end. */
  DRIPS(ProbeResult.Kind.TIMEOUT),
  /** An answer with a status that was not expected. */
  WRONG_STATUS(ProbeResult.Kind.STATUS),
  /** An answer with a body that was not expected. */
  WRONG_BODY(ProbeResult.Kind.BODY),
  /** Speaks plainly where TLS was expected. */
  NO_TLS(ProbeResult.Kind.TLS),
  /** Shows a certificate that the probe has no reason to trust. */
  UNTRUSTED(ProbeResult.Kind.TLS),
  /** Takes the request and resets the connection. */
  RESETS(ProbeResult.Kind.ERROR),
  /** Takes the request and closes the connection. */
  CLOSES(ProbeResult.Kind.ERROR),
  /** Closes in the middle of its answer. */
  BREAKS_OFF(ProbeResult.Kind.ERROR),
  /** Answers in no protocol that the probe knows. */
  NONSENSE(ProbeResult.Kind.ERROR),
  /** Sends header after header as fast as they are taken, without end. */
  FLOODS(ProbeResult.Kind.ERROR);

  private final ProbeResult.Kind seenAs;

  Behaviour(ProbeResult.Kind seenAs) {
    this.seenAs = seenAs;
  }

  /** What a probe that notices this behaviour answers. */
  public ProbeResult.Kind seenAs() {
    return seenAs;
  }
}
