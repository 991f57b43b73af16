package dev.weir.app.cli;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.net.TlsFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A connection within TLS to a port, whose certificate is for the host that was asked for. */
final class TlsWire extends Wire {

  private final SSLSocket socket;
  private final InputStream in;

  private TlsWire(Address peer, SSLSocket socket) throws IOException {
    super(peer);
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
  }

  /**
   * Connects and shakes hands.
   *
   * @param patience after which a read that brings nothing fails
   * @throws IOException also when a file cannot be used, or the server is not trusted
   */
  static TlsWire connect(Address address, TlsFiles files, Duration patience) throws IOException {
    Endpoint.Ip ip = address instanceof Endpoint.Ip known ? known : null;
    String host = ip == null ? ((Address.Host) address).name() : ip.host();
    int port = ip == null ? ((Address.Host) address).port() : ip.port();
    Socket plain = new Socket();
    try {
      plain.connect(new InetSocketAddress(host, port), (int) CONNECT.toMillis());
      SSLSocket socket =
          (SSLSocket) files.context().getSocketFactory().createSocket(plain, host, port, true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.setSoTimeout((int) patience.toMillis());
      socket.startHandshake();
      return new TlsWire(address, socket);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  @Override
  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  @Override
  public int read() throws IOException {
    return in.read();
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    return in.read(into, offset, length);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
