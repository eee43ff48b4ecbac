# An image of the server and its default atlas: docker build -t geoprio . && docker run -p 8080:8080 geoprio
# Another atlas: docker run -p 8080:8080 -v /path/to/atlas:/srv/geoprio/atlas:ro geoprio serve /srv/geoprio/atlas

FROM debian:12-slim AS build
WORKDIR /project
# The one list of packages, first and alone: editing the source leaves this layer as it is.
COPY .ci/packages .ci/packages
RUN apt-get update \
 && awk '$1 == "build" || $1 == "web" { print $2 }' .ci/packages | DEBIAN_FRONTEND=noninteractive xargs apt-get install -y --no-install-recommends \
 && rm -rf /var/lib/apt/lists/*
COPY . .
RUN cmake --preset release -DBUILD_TESTING=OFF \
 && cmake --build build/release --target geoprio \
 && strip build/release/geoprio
# What the executable needs to run is asked of it, so that no second list can fall behind: the packages of the libraries
# it names (their own dependencies bring the rest), and the list's "run" group.
RUN objdump -p build/release/geoprio | awk '$1 == "NEEDED" { print "*-linux-gnu/" $2 }' > libraries \
 && xargs -a libraries dpkg-query -S > owners \
 && { cut -d : -f 1 owners; awk '$1 == "run" { print $2 }' .ci/packages; } | sort -u > runtime-packages

FROM debian:12-slim
COPY --from=build /project/runtime-packages /tmp/runtime-packages
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive xargs -a /tmp/runtime-packages apt-get install -y --no-install-recommends \
 && rm -rf /var/lib/apt/lists/* /tmp/runtime-packages \
 && useradd --system --no-create-home --shell /usr/sbin/nologin geoprio
COPY --from=build /project/build/release/geoprio /usr/local/bin/geoprio
COPY LICENSE /usr/share/doc/geoprio/LICENSE
COPY datasets /srv/geoprio/datasets
USER geoprio
WORKDIR /srv/geoprio
ENV GEOPRIO_LISTEN=0.0.0.0:8080
EXPOSE 8080
# bash asks by itself: the image needs no HTTP client.
HEALTHCHECK --interval=30s --timeout=3s --start-period=15s CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["geoprio"]
CMD ["serve", "/srv/geoprio/datasets/saint-etienne"]
