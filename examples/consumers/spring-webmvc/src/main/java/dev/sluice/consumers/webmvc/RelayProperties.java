package dev.sluice.consumers.webmvc;

import java.net.InetAddress;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;
import org.springframework.lang.Nullable;

/**
 * What {@code application.properties} says of the relay.
 *
 * @param address local address of all WebRTC traffic
 * @param port its UDP port, 0 for any
 * @param publicAddresses what viewers are told instead, behind 1:1 NAT or in a container
 * @param tokenKey public RSA key, as PEM, that viewers' tokens have to be signed for; without it
 *     everybody may watch
 */
@ConfigurationProperties("sluice")
record RelayProperties(
    @DefaultValue("127.0.0.1") InetAddress address,
    @DefaultValue("8189") int port,
    @DefaultValue List<InetAddress> publicAddresses,
    @Nullable Resource tokenKey) {}
