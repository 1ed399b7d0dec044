# Nova as a service, for every architecture that node:24-slim has. The image brings Node 24 itself, so the copy that npm
# would install is left out, and no package runs a script.
FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production NOVA_HOME=/data NODE_COMPILE_CACHE=/home/node/.cache/node
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json ./
COPY bin ./bin
COPY config ./config
COPY agents ./agents
COPY adapters ./adapters
COPY src ./src
RUN mkdir /data && chown node:node /data
USER node
# Journal, context, ERP and backups. Mount it, or they go with the container.
VOLUME /data
# Health is asked from inside, where Nova listens on 127.0.0.1. To reach it from outside publish the port and set
# NOVA_HOST=0.0.0.0; the web chat stays off then, because it knows no log-in.
EXPOSE 4242
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.NOVA_PORT || 4242}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/nova.mjs", "start"]
