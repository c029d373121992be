# The bundle needs only Node to build.
FROM node:22-bookworm-slim AS bundle
WORKDIR /module
COPY package.json package-lock.json .npmrc ./
RUN npm install --no-save --ignore-scripts
COPY rollup.config.js biome.json ./
COPY tools/bundle ./tools/bundle
COPY src ./src
RUN npm run build

FROM heroiclabs/nakama:3.40.0
WORKDIR /nakama
COPY local.yml ./
COPY --from=bundle /module/build/index.js ./build/index.js
CMD ["--config", "/nakama/local.yml"]
