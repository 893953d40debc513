/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.InvalidValueException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientAddressesTest {

    private static final RateLimit ANY = RateLimit.of("1/second");

    @Test
    void withoutTrustedProxiesNoHeaderIsRead() {
        assertThat(address(ForwardedHeader.X_FORWARDED_FOR, "10.0.0.1", "X-Forwarded-For", "1.2.3.4"))
                .isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9                        | 203.0.113.9",
                "1.1.1.1, 203.0.113.9               | 203.0.113.9",
                "1.1.1.1, 203.0.113.9, 10.0.0.2     | 203.0.113.9",
                "10.9.9.9, 10.0.0.2                 | 10.9.9.9",
                "203.0.113.9:4711                   | 203.0.113.9",
                "[2001:db8::1]:4711                 | 2001:db8:0:0:0:0:0:1",
                "2001:db8::1                        | 2001:db8:0:0:0:0:0:1",
                "::ffff:203.0.113.9                 | 203.0.113.9",
            })
    void theHopFarthestRightThatIsNoTrustedProxyIsTheClient(String header, String client) {
        assertThat(address(ForwardedHeader.X_FORWARDED_FOR, "10.0.0.1", "X-Forwarded-For", header, "10.0.0.0/8"))
                .isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "localhost",
                "evil.example",
                "256.1.1.1",
                "1.2.3",
                "0x7f000001",
                "",
                "1.2.3.4%0a",
                "::1::",
                "[::1",
                "203.0.113.9, garbage"
            })
    void atGarbageTheProxyThatPassedItOnIsTheClientAndNoNameIsLookedUp(String header) {
        assertThat(address(ForwardedHeader.X_FORWARDED_FOR, "10.0.0.1", "X-Forwarded-For", header, "10.0.0.0/8"))
                .isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=203.0.113.9                                        | 203.0.113.9",
                "for=1.1.1.1, For=\"[2001:db8::1]:80\";proto=https      | 2001:db8:0:0:0:0:0:1",
                "proto=http;for=203.0.113.9;by=10.0.0.7, for=10.0.0.2   | 203.0.113.9",
                "for=_hidden                                            | 10.0.0.1",
                "for=unknown                                            | 10.0.0.1",
                "by=203.0.113.9                                         | 10.0.0.1",
            })
    void forwardedIsReadAsRfc7239HasIt(String header, String client) {
        assertThat(address(ForwardedHeader.FORWARDED, "10.0.0.1", "Forwarded", header, "10.0.0.0/8"))
                .isEqualTo(client);
    }

    @Test
    void theHeaderTheProxiesDoNotWriteIsNotRead() {
        assertThat(address(ForwardedHeader.X_FORWARDED_FOR, "10.0.0.1", "Forwarded", "for=1.2.3.4", "10.0.0.0/8"))
                .isEqualTo("10.0.0.1");
        assertThat(address(ForwardedHeader.FORWARDED, "10.0.0.1", "X-Forwarded-For", "1.2.3.4", "10.0.0.0/8"))
                .isEqualTo("10.0.0.1");
    }

    @Test
    void severalHeaderLinesAreOneList() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr("10.0.0.1");
        request.addHeader("X-Forwarded-For", "1.1.1.1");
        request.addHeader("X-Forwarded-For", "203.0.113.9");

        assertThat(new ClientAddresses(settings(ForwardedHeader.X_FORWARDED_FOR, List.of(Cidr.of("10.0.0.1"))))
                        .of(request)
                        .address())
                .isEqualTo("203.0.113.9");
    }

    @Test
    void theSchemeIsTheOneATrustedProxyNames() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr("10.0.0.1");
        request.addHeader("X-Forwarded-For", "203.0.113.9");
        request.addHeader("X-Forwarded-Proto", "https");

        assertThat(client(request, List.of(Cidr.of("10.0.0.0/8"))).secure()).isTrue();
        assertThat(client(request, List.of()).secure()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.0.1,true",
        "10.0.0.0/8,11.0.0.1,false",
        "10.1.2.3,10.1.2.3,true",
        "10.1.2.3,10.1.2.4,false",
        "0.0.0.0/0,1.2.3.4,true",
        "fd00::/8,fd12::1,true",
        "fd00::/8,fe80::1,false",
        "0.0.0.0/0,::1,false",
        "192.168.1.128/25,192.168.1.200,true",
        "192.168.1.128/25,192.168.1.100,false"
    })
    void blocksHaveTheAddressesThatShareTheirBits(String block, String address, boolean inside) {
        assertThat(Cidr.of(block).contains(IpLiteral.parse(address).orElseThrow()))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "proxy.example.org", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "fd00::/129", "10.0.0/8"})
    void whatIsNoBlockIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> Cidr.of(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("TRUSTED_PROXIES")
                .hasMessageContaining("10.0.0.0/8");
    }

    @Test
    void ipv6ClientsAreCountedBySite() {
        assertThat(IpLiteral.site("2001:db8:1:2:3:4:5:6")).isEqualTo(IpLiteral.site("2001:db8:1:2::9"));
        assertThat(IpLiteral.site("2001:db8:1:2::9")).isNotEqualTo(IpLiteral.site("2001:db8:1:3::9"));
        assertThat(IpLiteral.site("203.0.113.9")).isEqualTo("203.0.113.9");
    }

    private static String address(ForwardedHeader kind, String peer, String header, String value, String... trusted) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(peer);
        request.addHeader(header, value);
        return new ClientAddresses(
                        settings(kind, Arrays.stream(trusted).map(Cidr::of).toList()))
                .of(request)
                .address();
    }

    private static ClientAddresses.Client client(MockHttpServletRequest request, List<Cidr> trusted) {
        return new ClientAddresses(settings(ForwardedHeader.X_FORWARDED_FOR, trusted)).of(request);
    }

    private static EdgeSettings settings(ForwardedHeader header, List<Cidr> trusted) {
        return new EdgeSettings(List.of("localhost"), List.of(), false, trusted, header, ANY, null, ANY);
    }
}
